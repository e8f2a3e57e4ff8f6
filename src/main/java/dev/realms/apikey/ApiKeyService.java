package dev.realms.apikey;

import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.realm.isolation.ViewQuery;
import dev.realms.web.ETags;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.Patch;
import dev.realms.web.json.RecordBinder;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** The API keys of the open realm. */
@Stateless
public class ApiKeyService {

    private static final ViewQuery<ApiKeyView> VIEW = new ViewQuery<>(
            ApiKeyView.class,
            "ApiKey",
            "r.name, r.prefix, r.created, r.lastUsed, r.expiresAt, r.revokedAt, r.previousKeyExpiresAt");

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    @Inject
    private RecordBinder binder;

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Page<ApiKeyView> list(PageRequest page) {
        return rows.page(VIEW, page, Map.of());
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public ApiKeyView get(UUID id) {
        return rows.view(VIEW, id);
    }

    public NewApiKey create(CreateApiKey input) {
        String plain = ApiKeyFormat.generate();
        ApiKey key = new ApiKey(realm, input, plain);
        rows.add(key);
        return NewApiKey.of(key.view(), plain);
    }

    public ApiKeyView update(UUID id, UpdateApiKey input, String ifMatch) {
        return change(id, key -> key.update(input), ifMatch);
    }

    public ApiKeyView patch(UUID id, Patch patch, String ifMatch) {
        return change(
                id, key -> key.update(patch.applyTo(UpdateApiKey.of(key.view()), UpdateApiKey.class, binder)), ifMatch);
    }

    public NewApiKey rotate(UUID id, RotateApiKey input, String ifMatch) {
        String plain = ApiKeyFormat.generate();
        Duration grace = Duration.ofSeconds(input.graceSeconds());
        return NewApiKey.of(change(id, key -> key.rotate(plain, grace), ifMatch), plain);
    }

    public ApiKeyView revoke(UUID id, String ifMatch) {
        return change(id, ApiKey::revoke, ifMatch);
    }

    public void delete(UUID id, String ifMatch) {
        ApiKey key = rows.lock(ApiKey.class, id);
        ETags.requireMatch(ifMatch, key.view());
        rows.remove(key);
    }

    private ApiKeyView change(UUID id, Consumer<ApiKey> change, String ifMatch) {
        return rows.change(ApiKey.class, id, ifMatch, ApiKey::view, change);
    }
}
