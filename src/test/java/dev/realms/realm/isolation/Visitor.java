package dev.realms.realm.isolation;

import dev.realms.realm.isolation.TrialService.End;
import dev.realms.testing.Api;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One of many clients: goes from realm to realm at random and checks that each answer is about that realm alone. */
final class Visitor {

    /** @param api as it is with the realm's key */
    record Place(String realmId, String key, Api api, List<String> documents) {}

    private final URI base;
    private final Api admin;
    private final List<Place> places;
    private final Random random;
    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    Visitor(URI base, Api admin, List<Place> places, long seed) {
        this.base = base;
        this.admin = admin;
        this.places = places;
        this.random = new Random(seed);
    }

    /** How often which act was answered how. */
    Map<String, Integer> answers() {
        return answers;
    }

    /** Answers that must not be. */
    List<String> faults() {
        return faults;
    }

    void visit() {
        Place place = places.get(random.nextInt(places.size()));
        String realm = "/api/realms/" + place.realmId();
        int choice = random.nextInt(1000);
        if (choice < 350) {
            expect("list", place, place.api().get(realm + "/documents?limit=3"), 200);
        } else if (choice < 450) {
            expect("get", place, place.api().get(realm + "/documents/" + document(place)), 200);
        } else if (choice < 520) {
            Place other = places.get(random.nextInt(places.size()));
            int status = other == place ? 200 : 404;
            expect("foreign", place, place.api().get(realm + "/documents/" + document(other)), status);
        } else if (choice < 600) {
            expect("update", place, place.api().patch(realm + "/documents/" + document(place), "{\"chunks\": 1}"), 200);
        } else if (choice < 650) {
            makeAndDelete(place, realm);
        } else if (choice < 800) {
            expect("look", place, place.api().get(realm + "/jobs/trial"), 200);
        } else if (choice < 850) {
            end(place, realm);
        } else if (choice < 990) {
            leftOver(place);
        } else if (choice < 999) {
            disconnect(place, realm);
        } else {
            expect("outlive", place, place.api().post(realm + "/jobs/trial/outlive"), 200);
        }
    }

    private void makeAndDelete(Place place, String realm) {
        String json = "{\"name\": \"of %s\", \"type\": \"t\"}".formatted(place.realmId());
        Api.Answer made = place.api().post(realm + "/documents", json);
        expect("make", place, made, 201);
        if (made.status() == 201) {
            JsonObject document = made.json();
            expect("delete", place, place.api().delete(realm + "/documents/" + document.getString("id")), 204);
        }
    }

    private void end(Place place, String realm) {
        End end = End.values()[random.nextInt(End.values().length)];
        Api.Answer answer = place.api().post(realm + "/jobs/trial?end=" + end);
        int status = switch (end) {
            case WELL, ROLLBACK_ONLY -> 200;
            case DOMAIN_EXCEPTION -> 400;
            case STATEMENT_TIMEOUT -> 503;
            default -> 500;
        };
        expect(end.name(), place, answer, status);
    }

    private void leftOver(Place place) {
        Api.Answer answer = admin.get("/api/admin/trial/left-over");
        expect("left over", place, answer, 200);
        if (!answer.body().equals("[]")) {
            faults.add("Left over: " + answer);
        }
    }

    /** Asks, and is gone before the answer comes. */
    private void disconnect(Place place, String realm) {
        String request =
                "GET %s/jobs/trial/sleep?millis=30 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(realm, place.key());
        try (Socket socket = new Socket("127.0.0.1", base.getPort())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            Thread.sleep(random.nextInt(20));
        } catch (IOException | InterruptedException e) {
            faults.add("Could not disconnect: " + e);
        }
        count("disconnect", 0);
    }

    private void expect(String act, Place place, Api.Answer answer, int status) {
        count(act, answer.status());
        if (answer.status() != status) {
            faults.add(act + ": " + answer);
        }
        for (Place other : places) {
            if (!other.realmId().equals(place.realmId()) && answer.body().contains(other.realmId())) {
                faults.add(act + " shows " + other.realmId() + ": " + answer);
            }
        }
    }

    private String document(Place place) {
        return place.documents().get(random.nextInt(place.documents().size()));
    }

    private void count(String act, int status) {
        answers.merge(act + " " + status, 1, Integer::sum);
    }
}
