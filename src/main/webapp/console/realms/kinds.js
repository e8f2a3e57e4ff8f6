import { getAll } from "../lib/api.js";
import { el } from "../lib/dom.js";
import { fraction, moment, NOTHING, number, percent, plural, shortId, words } from "../lib/format.js";

/*
 * What a realm holds, described once: the lists, their filters and the forms are made of this.
 *
 * stat: its name in the statistics; describe: what an item is called in a sentence; goesAlong: what is deleted with it.
 */
const SERVER_TYPES = ["QDRANT", "NEO4J", "PINECONE", "WEAVIATE", "CHROMA"];
const DOCUMENT_STATES = ["PENDING", "INGESTING", "INGESTED", "DEPRECATED", "DELETED"];
const JOB_STATUSES = ["PENDING", "WAITING_FOR_REMOTE_WORKER", "PROCESSING", "FINISHED", "FAILED", "CANCELLED"];
const ENDS = ["FINISHED", "FAILED", "CANCELLED"];
const TONES = {
  INGESTED: "good",
  FINISHED: "good",
  INGESTING: "busy",
  PROCESSING: "busy",
  FAILED: "bad",
  WAITING_FOR_REMOTE_WORKER: "waiting",
};

const named = (codes) => codes.map((code) => [code, words(code)]);
const status = (code) => el("span", { class: "badge", "data-tone": TONES[code] }, words(code));
const title = (text, more) => [el("strong", { dir: "auto" }, text), more && el("p", { class: "quiet" }, more)];

/** States move forward only; those behind are not offered. */
const onwards = (codes, current) => named(codes.slice(Math.max(0, codes.indexOf(current))));

/** The names of what rows refer to: the newest of them, for choosing one. */
async function references(realmId, kind) {
  const items = await getAll(`/realms/${realmId}/${kind}`, {}, 400);
  return items.map((item) => [item.id, item.name]);
}

/** One that is not among the newest is offered by its id. */
function withPresent(options, id) {
  return !id || options.some(([value]) => value === id) ? options : [[id, shortId(id)], ...options];
}

const link = (realmId, kind, parameters, label) =>
  el("a", { href: `#/realms/${realmId}/${kind}?${new URLSearchParams(parameters)}` }, label);

export const KINDS = {
  servers: {
    title: "Servers",
    one: "server",
    stat: "servers",
    hint: "A server is where databases live: Qdrant, Neo4j, Pinecone, Weaviate or Chroma.",
    goesAlong: "Its databases are deleted with it; their documents stay, in no database.",
    describe: (server) => server.name,
    columns: (realmId) => [
      { label: "Name", cell: (server) => title(server.name, `${server.host}:${server.port}`) },
      { label: "Type", cell: (server) => words(server.type) },
      { label: "User", cell: (server) => server.username ?? NOTHING },
      {
        label: "Credentials",
        cell: (server) =>
          [server.hasPassword && "password", server.hasApiKey && "API key"].filter(Boolean).join(", ") || "none",
      },
      { label: "Active", cell: (server) => (server.isActive ? "yes" : "no") },
      { label: "Databases", cell: (server) => link(realmId, "databases", { serverId: server.id }, "show") },
      { label: "Created", cell: (server) => moment(server.createdAt) },
    ],
    filters: async () => [],
    fields: async (realmId, server) => [
      { name: "name", label: "Name", required: true },
      { name: "type", label: "Type", type: "select", options: named(SERVER_TYPES), required: true },
      { name: "host", label: "Host", required: true },
      { name: "port", label: "Port", type: "number", required: true },
      { name: "username", label: "User name" },
      { name: "password", label: "Password", type: "secret", help: kept(server?.hasPassword) },
      { name: "apiKey", label: "API key", type: "secret", help: kept(server?.hasApiKey) },
      { name: "database", label: "Database" },
      { name: "collection", label: "Collection" },
      { name: "isActive", label: "Active", type: "checkbox", value: true },
    ],
  },
  databases: {
    title: "Databases",
    one: "database",
    stat: "databases",
    hint: "A database lies on one of the realm's servers and holds documents.",
    goesAlong: "Its documents stay, in no database.",
    describe: (database) => database.name,
    columns: (realmId) => [
      { label: "Name", cell: (database) => title(database.name, database.description) },
      {
        label: "Documents",
        kind: "number",
        cell: (database) => link(realmId, "documents", { databaseId: database.id }, number(database.documentCount)),
      },
      { label: "Last updated", cell: (database) => moment(database.lastUpdated) },
      { label: "Created", cell: (database) => moment(database.createdAt) },
    ],
    filters: async (realmId, given) => [
      {
        name: "serverId",
        label: "Server",
        type: "select",
        options: withPresent(await references(realmId, "servers"), given.get("serverId")),
      },
    ],
    fields: async (realmId, database) => [
      { name: "name", label: "Name", required: true },
      {
        name: "serverId",
        label: "Server",
        type: "select",
        required: true,
        options: withPresent(await references(realmId, "servers"), database?.serverId),
        help: "Without a server there can be no database.",
      },
      { name: "description", label: "Description", type: "textarea" },
    ],
  },
  documents: {
    title: "Documents",
    one: "document",
    stat: "documents",
    hint: "A document may lie in a database, and jobs work on it.",
    goesAlong: "Its jobs are deleted with it.",
    describe: (document) => document.name,
    columns: (realmId) => [
      { label: "Name", cell: (document) => title(document.name, document.type) },
      { label: "State", cell: (document) => status(document.state) },
      { label: "Version", kind: "number", cell: (document) => number(document.version) },
      { label: "Chunks", kind: "number", cell: (document) => number(document.chunks) },
      { label: "Quality", kind: "number", cell: (document) => fraction(document.quality) },
      { label: "Jobs", cell: (document) => link(realmId, "jobs", { documentId: document.id }, "show") },
      { label: "Uploaded", cell: (document) => moment(document.uploadDate) },
    ],
    filters: async (realmId, given) => [
      { name: "state", label: "State", type: "select", options: named(DOCUMENT_STATES) },
      {
        name: "databaseId",
        label: "Database",
        type: "select",
        options: withPresent(await references(realmId, "databases"), given.get("databaseId")),
      },
      { name: "type", label: "Type, in full", type: "text", placeholder: "pdf" },
    ],
    fields: async (realmId, document) => [
      { name: "name", label: "Name", required: true },
      { name: "type", label: "Type", required: true },
      {
        name: "state",
        label: "State",
        type: "select",
        options: onwards(DOCUMENT_STATES, document?.state),
        help: "Moves forward only.",
      },
      {
        name: "databaseId",
        label: "Database",
        type: "select",
        options: [["", "in none"], ...withPresent(await references(realmId, "databases"), document?.databaseId)],
      },
      { name: "version", label: "Version", type: "number" },
      { name: "chunks", label: "Chunks", type: "number" },
      { name: "quality", label: "Quality", type: "number", help: "From 0 to 1." },
    ],
  },
  jobs: {
    title: "Jobs",
    one: "job",
    stat: "jobs",
    hint: "A job works on a document.",
    goesAlong: null,
    describe: (job) => `the job on ${job.documentName}`,
    columns: (realmId) => [
      { label: "Document", cell: (job) => title(job.documentName, job.documentType) },
      { label: "Status", cell: (job) => status(job.status) },
      { label: "Progress", cell: progress },
      { label: "Summary", cell: (job) => job.summary ?? NOTHING },
      { label: "Started", cell: (job) => moment(job.startDate) },
      { label: "Ended", cell: (job) => moment(job.endDate) },
      { label: "Jobs of the document", cell: (job) => link(realmId, "jobs", { documentId: job.documentId }, "show") },
    ],
    filters: async (realmId, given) => [
      { name: "status", label: "Status", type: "select", options: named(JOB_STATUSES) },
      {
        name: "documentId",
        label: "Document",
        type: "select",
        options: withPresent(await references(realmId, "documents"), given.get("documentId")),
      },
    ],
    fields: async (realmId, job) => [
      {
        name: "documentId",
        label: "Document",
        type: "select",
        required: true,
        options: withPresent(await references(realmId, "documents"), job?.documentId),
      },
      {
        name: "status",
        label: "Status",
        type: "select",
        options: ENDS.includes(job?.status) ? named([job.status]) : onwards(JOB_STATUSES, job?.status),
        help: "Moves forward only; an end is an end.",
      },
      { name: "percentage", label: "Progress in percent", type: "number", help: "From 0 to 100." },
      { name: "startDate", label: "Started", type: "instant" },
      { name: "endDate", label: "Ended", type: "instant" },
      { name: "summary", label: "Summary", type: "textarea" },
    ],
  },
  "api-keys": {
    title: "API keys",
    one: "API key",
    stat: "apiKeys",
    hint: "An API key opens this one realm for a program, and nothing else.",
    goesAlong: "Programs that use it are refused from now on.",
    describe: (key) => key.name,
    columns: () => [
      { label: "Name", cell: (key) => title(key.name, key.prefix ? `${key.prefix}…` : null) },
      { label: "Access", cell: (key) => (key.access === "READ" ? "reads" : "reads and writes") },
      { label: "State", cell: keyState },
      { label: "Created", cell: (key) => moment(key.created) },
      { label: "Last used", cell: lastUse },
      { label: "Expires", cell: (key) => (key.expiresAt ? moment(key.expiresAt) : "never") },
    ],
    filters: async () => [],
    fields: async (realmId, key) =>
      [
        { name: "name", label: "Name", required: true },
        !key && {
          name: "access",
          label: "Access",
          type: "select",
          options: named(["WRITE", "READ"]),
          required: true,
          help: "A key that reads changes nothing. It stays what it is made as.",
        },
        { name: "expiresAt", label: "Expires", type: "instant", help: "Empty: never." },
      ].filter(Boolean),
  },
};

function kept(there) {
  return there ? "There is one. Left empty, it stays; it is never shown." : "Kept encrypted and never shown again.";
}

function progress(job) {
  return el(
    "div",
    { class: "bar compact" },
    el("progress", { max: "100", value: job.percentage, "aria-label": "Progress" }),
    el("span", { class: "count" }, percent(job.percentage / 100)),
  );
}

function lastUse({ lastUsed, lastUsedNetwork }) {
  return lastUsed
    ? [moment(lastUsed), lastUsedNetwork && el("p", { class: "quiet" }, `from ${lastUsedNetwork}`)]
    : "never";
}

function keyState({ revokedAt, expiresAt, previousKeyExpiresAt }) {
  if (revokedAt) {
    return el("span", { class: "badge", "data-tone": "bad" }, "revoked");
  }
  if (expiresAt && new Date(expiresAt) < new Date()) {
    return el("span", { class: "badge", "data-tone": "bad" }, "expired");
  }
  return [
    el("span", { class: "badge", "data-tone": "good" }, "valid"),
    previousKeyExpiresAt && el("p", { class: "quiet" }, `the key before until ${moment(previousKeyExpiresAt)}`),
  ];
}

/** How many rows of each kind, in words. @param counts as those of a realm's statistics */
export const counted = (counts) =>
  Object.values(KINDS)
    .filter(({ stat }) => counts[stat] > 0)
    .map(({ stat, one }) => plural(counts[stat], one))
    .join(", ") || "nothing";
