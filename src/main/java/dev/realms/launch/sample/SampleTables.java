package dev.realms.launch.sample;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The tables of the pre-realm schema, in an order in which every row comes after what it refers to. */
final class SampleTables {

    final CopyBuffer users = new CopyBuffer("users", "id, name, email, avatar, role, created_at, updated_at");
    final CopyBuffer settings = new CopyBuffer(
            "user_settings",
            "id, user_id, theme, language, notifications, auto_save, default_database, created_at, updated_at");
    final CopyBuffer servers = new CopyBuffer(
            "database_servers",
            "id, name, type, host, port, username, password, api_key, database, collection, is_active,"
                    + " created_at, last_connected, updated_at, user_id");
    final CopyBuffer databases = new CopyBuffer(
            "databases",
            "id, name, description, document_count, last_updated, created_at, updated_at, user_id, server_id");
    final CopyBuffer documents = new CopyBuffer(
            "documents",
            "id, name, type, state, version, chunks, quality, upload_date, created_at, updated_at, user_id, database_id");
    final CopyBuffer jobs = new CopyBuffer(
            "jobs",
            "id, document_name, document_type, start_date, end_date, status, percentage, summary,"
                    + " created_at, updated_at, document_id, user_id");
    final CopyBuffer apiKeys =
            new CopyBuffer("api_keys", "id, name, key, created, last_used, created_at, updated_at, user_id");

    List<CopyBuffer> inOrder() {
        return List.of(users, settings, servers, databases, documents, jobs, apiKeys);
    }

    void send(Connection connection) throws SQLException {
        for (CopyBuffer table : inOrder()) {
            table.send(connection);
        }
    }

    long count() {
        return inOrder().stream().mapToLong(CopyBuffer::count).sum();
    }
}
