package dev.realms.web.admission;

import dev.realms.testing.Api;
import dev.realms.testing.TestUser;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A realm full of servers, databases, documents and jobs, in which everybody creates, moves and deletes at random. */
final class Library {

    private static final String SERVER = "{\"name\": \"s\", \"type\": \"QDRANT\", \"host\": \"h\", \"port\": 1}";

    private final TestUser user;
    private final Map<String, List<String>> ids = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();

    Library(TestUser user) {
        this.user = user;
        for (int i = 0; i < 3; i++) {
            create("servers", SERVER);
        }
        Random random = new Random(0);
        for (int i = 0; i < 6; i++) {
            addDatabase(random);
        }
        for (int i = 0; i < 40; i++) {
            addDocument(random);
            addJob(random);
        }
        statuses.clear();
    }

    /** One of the things that people do to a library; those that reach from one table into another come most. */
    void act(Random random) {
        int choice = random.nextInt(100);
        if (choice < 25) {
            addDocument(random);
        } else if (choice < 45) {
            change("documents", "databaseId", "databases", random);
        } else if (choice < 65) {
            delete("documents", random);
        } else if (choice < 73) {
            delete("databases", random);
            addDatabase(random);
        } else if (choice < 80) {
            change("databases", "serverId", "servers", random);
        } else if (choice < 83) {
            delete("servers", random);
            create("servers", SERVER);
            addDatabase(random);
        } else if (choice < 91) {
            addJob(random);
        } else if (choice < 97) {
            change("jobs", "documentId", "documents", random);
        } else {
            delete("jobs", random);
        }
    }

    /** How often which act was answered how. */
    Map<String, Integer> statuses() {
        return new TreeMap<>(statuses);
    }

    private void addDatabase(Random random) {
        create(
                "databases",
                "{\"name\": \"%s\", \"serverId\": \"%s\"}".formatted(random.nextLong(), any("servers", random)));
    }

    private void addDocument(Random random) {
        create(
                "documents",
                "{\"name\": \"n\", \"type\": \"t\", \"databaseId\": \"%s\"}".formatted(any("databases", random)));
    }

    private void addJob(Random random) {
        create("jobs", "{\"documentId\": \"%s\"}".formatted(any("documents", random)));
    }

    private void create(String collection, String json) {
        Api.Answer answer = count("POST " + collection, user.api().post(user.path("/" + collection), json));
        if (answer.status() == 201) {
            JsonObject made = answer.json();
            ids.computeIfAbsent(collection, any -> new CopyOnWriteArrayList<>()).add(made.getString("id"));
        }
    }

    private void change(String collection, String reference, String to, Random random) {
        String path = user.path("/%s/%s".formatted(collection, any(collection, random)));
        count("PATCH " + collection, user.api().patch(path, "{\"%s\": \"%s\"}".formatted(reference, any(to, random))));
    }

    private void delete(String collection, Random random) {
        String id = any(collection, random);
        count("DELETE " + collection, user.api().delete(user.path("/%s/%s".formatted(collection, id))));
    }

    private Api.Answer count(String act, Api.Answer answer) {
        statuses.merge(act + " " + answer.status(), 1, Integer::sum);
        return answer;
    }

    /** One of the last few: what somebody else is busy with, too. */
    private String any(String collection, Random random) {
        List<String> made = ids.get(collection);
        int size = made.size();
        return made.get(size - 1 - random.nextInt(Math.min(size, 8)));
    }
}
