package dev.realms.apikey;

import dev.realms.realm.isolation.OwnedRows;
import dev.realms.realm.isolation.OwnedView;
import dev.realms.realm.isolation.RealmContext;
import dev.realms.web.Page;
import dev.realms.web.PageRequest;
import dev.realms.web.json.ResourceUpdate;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;

/** The API keys of the open realm. */
@Stateless
public class ApiKeyService {

    private static final OwnedView<ApiKey, ApiKeyView> VIEW = new OwnedView<>(
            ApiKey.class,
            ApiKey::view,
            ApiKeyView.class,
            "r.name, r.prefix, r.access, r.created, r.lastUsed, r.lastUsedNetwork, r.expiresAt, r.revokedAt, r.previousKeyExpiresAt");

    @Inject
    private OwnedRows rows;

    @Inject
    private RealmContext realm;

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Page<ApiKeyView> list(PageRequest page) {
        return rows.page(VIEW, page);
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public ApiKeyView get(String id) {
        return rows.view(VIEW, id);
    }

    public NewApiKey create(CreateApiKey input) {
        String plain = ApiKeyFormat.generate();
        return NewApiKey.of(rows.add(VIEW, new ApiKey(realm, input, plain)), plain);
    }

    public ApiKeyView update(String id, ResourceUpdate<UpdateApiKey> update, String ifMatch) {
        return rows.change(VIEW, id, ifMatch, update, ApiKey::update);
    }

    public NewApiKey rotate(String id, RotateApiKey input, String ifMatch) {
        String plain = ApiKeyFormat.generate();
        Duration grace = Duration.ofSeconds(input.graceSeconds());
        return NewApiKey.of(rows.change(VIEW, id, ifMatch, key -> key.rotate(plain, grace)), plain);
    }

    public ApiKeyView revoke(String id, String ifMatch) {
        return rows.change(VIEW, id, ifMatch, ApiKey::revoke);
    }

    public void delete(String id, String ifMatch) {
        rows.remove(VIEW, id, ifMatch);
    }
}
