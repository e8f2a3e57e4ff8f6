// What the service does for an API key, by node and pg: the key by its hash, the realm opened, row-level security, entity tags, no-store.
// One process, as one starts it. Environment: PORT, PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, and PLACES, a file with
// a key, its realm and its user in each line, which stands for what a service remembers of a key for a second.
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import pg from 'pg';

const pool = new pg.Pool({ max: 16 });
const places = new Map(readFileSync(process.env.PLACES, 'utf8').trim().split('\n').map(line => line.split('\t')).map(
  ([key, realm, user]) => [hash(key), { realm, user }]));

const COLUMNS = 'id, name, type, state, version, chunks, quality, upload_date AS "uploadDate", database_id AS "databaseId",'
  + ' created_at AS "createdAt", updated_at AS "updatedAt", user_id AS "userId", realm_id AS "realmId"';
const LIST = { name: 'list', text: `SELECT ${COLUMNS} FROM realms.documents WHERE realm_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2` };
const PAGE = {
  name: 'page', text: `SELECT ${COLUMNS} FROM realms.documents WHERE realm_id = $1 AND (created_at, id) < ($2, $3)
    ORDER BY created_at DESC, id DESC LIMIT $4`,
};
const GET = { name: 'get', text: `SELECT ${COLUMNS} FROM realms.documents WHERE realm_id = $1 AND id = $2` };
const POST = {
  name: 'post', text: `INSERT INTO realms.documents (realm_id, id, chunks, created_at, name, quality, state, type, updated_at, upload_date,
    user_id, version) VALUES ($1, $2, 0, $3, $4, 0, 'PENDING', $5, $3, $3, $6, 1) RETURNING ${COLUMNS}`,
};
const STATS = {
  name: 'stats', text: `SELECT (SELECT count(*) FROM realms.databases WHERE realm_id = $1)::int AS databases,
    (SELECT count(*) FROM realms.documents WHERE realm_id = $1)::int AS documents, (SELECT count(*) FROM realms.api_keys WHERE realm_id = $1)::int AS "apiKeys",
    (SELECT count(*) FROM realms.database_servers WHERE realm_id = $1)::int AS servers, (SELECT count(*) FROM realms.jobs WHERE realm_id = $1)::int AS jobs`,
};
const OPEN = { name: 'open', text: 'SELECT realms.enter_realm($1, $2, $3)' };

function hash(key) {
  return 'sha256:' + createHash('sha256').update(key).digest('hex');
}

/** The statement in a transaction in which the key's realm is open. pg sends each as soon as the one before is answered. */
async function inRealm(place, key, statement, values) {
  const client = await pool.connect();
  let fault;
  try {
    const answers = await Promise.all([
      client.query('BEGIN'),
      client.query({ ...OPEN, values: [place.realm, place.user, key] }),
      client.query({ ...statement, values }),
      client.query('COMMIT'),
    ]);
    return answers[2].rows;
  } catch (e) {
    fault = e;
    throw e;
  } finally {
    client.release(fault);
  }
}

function body(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString('utf8'))));
    request.on('error', reject);
  });
}

function answer(response, status, value, headers = {}) {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text), 'Cache-Control': 'private, no-store', ...headers,
  });
  response.end(text);
}

function tag(value) {
  return { ETag: `"${createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)}"` };
}

async function list(response, place, key, cursor) {
  const rows = cursor
    ? await inRealm(place, key, PAGE, [place.realm, cursor[0], cursor[1], 51])
    : await inRealm(place, key, LIST, [place.realm, 51]);
  const items = rows.slice(0, 50);
  const last = items.at(-1);
  const nextCursor = rows.length > 50 ? Buffer.from(`${last.createdAt.toISOString()} ${last.id}`).toString('base64url') : null;
  answer(response, 200, { items, nextCursor });
}

async function serve(request, response) {
  const url = new URL(request.url, 'http://localhost');
  const key = hash(request.headers.authorization.slice('Bearer '.length));
  const [, , , realm, what, id] = url.pathname.split('/');
  const place = places.get(key);
  if (place?.realm !== realm) {
    answer(response, 404, { code: 'realm-not-found' });
  } else if (what === 'stats') {
    answer(response, 200, (await inRealm(place, key, STATS, [realm]))[0]);
  } else if (id) {
    const [found] = await inRealm(place, key, GET, [realm, id]);
    answer(response, found ? 200 : 404, found ?? { code: 'not-found' }, found && tag(found));
  } else if (request.method === 'POST') {
    const { name, type } = await body(request);
    if (typeof name !== 'string' || name.length > 255 || typeof type !== 'string' || type.length > 255) {
      answer(response, 400, { code: 'validation' });
      return;
    }
    const [made] = await inRealm(place, key, POST, [realm, randomUUID(), new Date(), name, type, place.user]);
    answer(response, 201, made, { ...tag(made), Location: `${url.pathname}/${made.id}` });
  } else {
    const cursor = url.searchParams.get('cursor');
    await list(response, place, key, cursor && Buffer.from(cursor, 'base64url').toString().split(' '));
  }
}

createServer((request, response) => serve(request, response).catch(fault => {
  console.error(fault);
  answer(response, 500, { code: 'internal' });
})).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
