// The pre-realm application by a real Prisma client: every operation once, against the database that DATABASE_URL names.
//   node old-application.mjs             prints a line of JSON for each operation
//   node old-application.mjs recorded    prints src/test/resources/old-application/prisma.sql: what the client sent, and what it got
// The database holds at least one row in each table. What is made here is deleted at the end; rows that were there keep their values.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './client/index.js';
import { Recorder } from './recorder.mjs';

const TABLES = ['users', 'user_settings', 'database_servers', 'databases', 'documents', 'jobs', 'api_keys'];

const recorder = new Recorder();
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const db = new PrismaClient({ adapter: new PrismaPg(pool) });

// Ids are made by the client: UUIDs today, cuids by the Prisma of some years ago.
const id = (name) => recorder.name(name, randomUUID());
const cuid = (name) => recorder.name(name, 'c' + randomUUID().replaceAll('-', '').slice(0, 24));

const run = id('run');
const ada = id('ada');
const ben = cuid('ben-cuid');
const server = id('server');
const database = id('database');
const secondDatabase = id('second-database');
const document = id('document');
const job = id('job');
const apiKey = id('api-key');
const email = `ada-${run}@example.com`;
const key = `sk_${run}`;
const secondKey = `sk_second_${run}`;

const existing = {};
for (const table of TABLES) {
  const { rows } = await pool.query(`SELECT id FROM public.${table} ORDER BY md5(id) LIMIT 1`);
  if (rows.length === 0) {
    throw new Error(`${table} is empty`);
  }
  existing[table] = recorder.name(`existing-${table}`, rows[0].id);
}

const operations = {
  'sign up': () =>
    db.user.create({
      data: { id: ada, name: 'Ada', email, role: 'ADMIN', settings: { create: { id: id('settings'), theme: 'DARK' } } },
      include: { settings: true },
    }),
  'read a user by id': () => db.user.findUnique({ where: { id: ada } }),
  'read a user by e-mail': () => db.user.findUnique({ where: { email }, select: { id: true, role: true } }),
  'read a user with all that is theirs': () =>
    db.user.findUnique({ where: { id: ada }, include: { settings: true, servers: true, databases: true, apiKeys: true } }),
  'a second sign-up with the same e-mail': fails('P2002', () =>
    db.user.create({ data: { id: id('nobody'), name: 'Ada', email } })),
  'upsert a user by e-mail who is there': () =>
    db.user.upsert({ where: { email }, create: { id: id('nobody-else'), name: 'Ada', email }, update: { name: 'Ada L.' } }),
  'upsert a user by e-mail who is new': () =>
    db.user.upsert({
      where: { email: `ben-${run}@example.com` },
      create: { id: ben, name: 'Ben', email: `ben-${run}@example.com` },
      update: { name: 'never' },
    }),
  'upsert a user by id': () =>
    db.user.upsert({ where: { id: ben }, create: { id: ben, name: 'never', email: 'never' }, update: { avatar: 'ben.png' } }),
  'upsert settings by user, new': () =>
    db.userSettings.upsert({ where: { userId: ben }, create: { id: id('settings-of-ben'), userId: ben }, update: {} }),
  'upsert settings by user, there': () =>
    db.userSettings.upsert({ where: { userId: ben }, create: { id: id('never'), userId: ben }, update: { language: 'de' } }),
  'update settings by user': () =>
    db.userSettings.update({ where: { userId: ada }, data: { theme: 'SYSTEM', notifications: false, defaultDatabase: database } }),

  'add a server': () =>
    db.databaseServer.create({
      data: { id: server, name: 'server', type: 'QDRANT', host: 'db.internal', port: 6333, password: 'plain', isActive: true, userId: ada },
    }),
  'add a server of the other user': () =>
    db.databaseServer.create({
      data: { id: id('server-of-ben'), name: 'server', type: 'CHROMA', host: 'db.internal', port: 8000, userId: ben },
      select: { id: true },
    }),
  'connect a server': () =>
    db.databaseServer.update({ where: { id: server }, data: { lastConnected: new Date(), username: null }, select: { id: true } }),
  'list the servers of a user': () => db.databaseServer.findMany({ where: { userId: ada }, orderBy: { name: 'asc' } }),
  'add a database': () =>
    db.database.create({ data: { id: database, name: 'notes', description: 'Number 1', userId: ada, serverId: server } }),
  'a second database of the same name': fails('P2002', () =>
    db.database.create({ data: { id: id('no-database'), name: 'notes', description: '', userId: ada, serverId: server } })),
  'upsert a database by name and user, there': () =>
    db.database.upsert({
      where: { name_userId: { name: 'notes', userId: ada } },
      create: { id: id('not-made'), name: 'notes', description: '', userId: ada, serverId: server },
      update: { description: 'Number one', lastUpdated: new Date() },
    }),
  'upsert a database by name and user, new': () =>
    db.database.upsert({
      where: { name_userId: { name: 'letters', userId: ada } },
      create: { id: secondDatabase, name: 'letters', description: '', userId: ada, serverId: server },
      update: { description: 'never' },
    }),
  'upsert a database by id': () =>
    db.database.upsert({
      where: { id: secondDatabase },
      create: { id: secondDatabase, name: 'never', description: '', userId: ada, serverId: server },
      update: { description: 'Number two' },
    }),
  'count up in a database': () =>
    db.database.update({ where: { id: database }, data: { documentCount: { increment: 2 } }, select: { documentCount: true } }),

  'add a document': () =>
    db.document.create({
      data: { id: document, name: 'a.pdf', type: 'application/pdf', quality: 0.25, userId: ada, databaseId: database },
    }),
  'add documents': () =>
    db.document.createMany({
      data: [1, 2, 3].map((n) => ({ id: id(`document-${n}`), name: `${n}.txt`, type: 'text/plain', chunks: n, userId: ada, databaseId: secondDatabase })),
    }),
  'add documents, and see them': () =>
    db.document.createManyAndReturn({
      data: [4, 5].map((n) => ({ id: id(`document-${n}`), name: `${n}.txt`, type: 'text/plain', state: 'INGESTED', userId: ada })),
      select: { id: true, state: true, version: true },
    }),
  'add documents but those that are there': () =>
    db.document.createMany({
      data: [document, id('document-6')].map((it) => ({ id: it, name: '6.txt', type: 'text/plain', userId: ada, databaseId: database })),
      skipDuplicates: true,
    }),
  'a document of nobody': fails('P2003', () =>
    db.document.create({ data: { id: id('no-document'), name: 'x', type: 'x', userId: id('no-user') } })),
  'read a document by id': () => db.document.findUnique({ where: { id: document } }),
  'read a document as many times as a driver needs to prepare it': async () => {
    for (let i = 0; i < 12; i++) {
      await db.document.findUnique({ where: { id: document }, select: { name: true, state: true } });
    }
  },
  'read documents by ids': () =>
    db.document.findMany({ where: { id: { in: [document, existing.documents, id('not-there')] } }, select: { id: true } }),
  'list documents, a page': () =>
    db.document.findMany({ where: { userId: ada }, orderBy: [{ name: 'desc' }, { id: 'asc' }], skip: 1, take: 2, select: { name: true } }),
  'list documents, on from one': () =>
    db.document.findMany({ where: { userId: ada }, orderBy: { name: 'asc' }, cursor: { id: document }, skip: 1, take: 10, select: { id: true } }),
  'list documents by state': () =>
    db.document.findMany({ where: { userId: ada, state: { in: ['INGESTED', 'DELETED'] } }, orderBy: { name: 'asc' }, select: { name: true } }),
  'search documents': () =>
    db.document.findMany({ where: { userId: ada, name: { contains: 'A.P', mode: 'insensitive' }, uploadDate: { gt: new Date(0) } }, select: { id: true } }),
  'change the state of a document': () =>
    db.document.update({ where: { id: document }, data: { state: 'INGESTING', version: { increment: 1 }, quality: 0.5 } }),
  'change the state of many documents': () =>
    db.document.updateMany({ where: { userId: ada, state: 'PENDING' }, data: { state: 'INGESTED' } }),
  'change many documents, and see them': () =>
    db.document.updateManyAndReturn({ where: { databaseId: secondDatabase, chunks: { gte: 2 } }, data: { chunks: { multiply: 10 } }, select: { id: true, chunks: true } }),
  'measure nothing': () => db.document.aggregate({ where: { databaseId: id('no-such-database') }, _sum: { chunks: true } }),
  'count documents': () => db.document.count({ where: { userId: ada, NOT: { state: 'DELETED' } } }),
  'count documents by state': () =>
    db.document.groupBy({ by: ['state'], where: { userId: ada }, _count: true, _sum: { chunks: true }, orderBy: { state: 'asc' } }),
  'measure documents': () => db.document.aggregate({ where: { databaseId: database }, _avg: { quality: true }, _max: { chunks: true } }),
  'list databases with their servers and counts': () =>
    db.database.findMany({
      where: { userId: ada, server: { isActive: true } },
      include: { server: { select: { name: true, type: true } }, _count: { select: { documents: true } } },
      orderBy: { name: 'asc' },
    }),

  'add a job': () =>
    db.job.create({ data: { id: job, documentName: 'a.pdf', documentType: 'application/pdf', status: 'PROCESSING', documentId: document, userId: ada } }),
  'add a job to another document': () =>
    db.job.create({
      data: { id: id('second-job'), documentName: '6.txt', documentType: 'text/plain', documentId: recorder.value('document-6'), userId: ada },
      select: { id: true },
    }),
  'add jobs': () =>
    db.job.createMany({
      data: [1, 2].map((n) => ({
        id: id(`job-${n}`),
        documentName: `${n}.txt`,
        documentType: 'text/plain',
        documentId: recorder.value(`document-${n}`),
        userId: ada,
      })),
    }),
  'a job goes on': () =>
    db.job.update({ where: { id: job }, data: { percentage: 50, summary: 'Half of it' }, select: { id: true, percentage: true, status: true } }),
  'upsert a job by id': () =>
    db.job.upsert({
      where: { id: job },
      create: { id: job, documentName: 'a.pdf', documentType: 'application/pdf', documentId: document, userId: ada },
      update: { status: 'FINISHED', percentage: 100, endDate: new Date() },
    }),
  'list documents with their jobs': () =>
    db.document.findMany({ where: { databaseId: database }, include: { jobs: true }, orderBy: { name: 'asc' } }),
  'find documents by their jobs': () =>
    db.document.findMany({ where: { userId: ada, jobs: { some: { status: 'FINISHED' } }, user: { email } }, select: { id: true } }),
  'report': () =>
    db.$queryRaw`SELECT d."name", u."email", count(j."id") AS jobs, rank() OVER (ORDER BY d."name") AS place
      FROM "public"."documents" AS d JOIN "public"."users" AS u ON u."id" = d."userId" LEFT JOIN "public"."jobs" AS j ON j."documentId" = d."id"
      WHERE u."id" = ${ada} AND d."databaseId" = ${database} GROUP BY d."name", u."email" ORDER BY d."name"`,

  'lock a document, and change it': () =>
    db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT "id", "version" FROM "public"."documents" WHERE "id" = ${document} FOR UPDATE`;
      await tx.document.update({ where: { id: document }, data: { version: { increment: 1 } }, select: { version: true } });
      await tx.database.update({ where: { id: database }, data: { documentCount: { decrement: 1 } }, select: { documentCount: true } });
    }),
  'two statements as one': () =>
    db.$transaction([
      db.job.count({ where: { documentId: document } }),
      db.database.updateMany({ where: { id: database }, data: { lastUpdated: new Date() } }),
    ]),
  'a transaction that is given up': async () => {
    const enough = new Error('enough');
    await db
      .$transaction(async (tx) => {
        await tx.document.delete({ where: { id: document } });
        throw enough;
      })
      .catch((error) => {
        if (error !== enough) {
          throw error;
        }
      });
  },
  'what was given up is there': () => db.document.findUniqueOrThrow({ where: { id: document }, select: { id: true } }),
  'a statement over many rows': () =>
    db.$executeRaw`UPDATE "public"."databases" AS b SET "documentCount" = c.n
      FROM (SELECT "databaseId", count(*)::int AS n FROM "public"."documents" WHERE "userId" = ${ada} GROUP BY "databaseId") AS c
      WHERE c."databaseId" = b."id"`,

  'add an API key': () => db.apiKey.create({ data: { id: apiKey, name: 'key', key, userId: ada } }),
  'a second API key that is the same': fails('P2002', () =>
    db.apiKey.create({ data: { id: id('no-key'), name: 'key', key, userId: ben } })),
  'find who has an API key': () => db.apiKey.findUnique({ where: { key }, include: { user: { select: { id: true, role: true } } } }),
  'use an API key': () => db.apiKey.update({ where: { key }, data: { lastUsed: new Date() }, select: { id: true } }),
  'upsert an API key by key, new': () =>
    db.apiKey.upsert({ where: { key: secondKey }, create: { id: id('second-api-key'), name: 'second', key: secondKey, userId: ada }, update: {} }),
  'upsert an API key by key, there': () =>
    db.apiKey.upsert({ where: { key: secondKey }, create: { id: id('third-api-key'), name: 'third', key: secondKey, userId: ada }, update: { name: 'renamed' } }),
  'change an API key': () => db.apiKey.update({ where: { id: apiKey }, data: { key: `sk_changed_${run}` }, select: { key: true } }),
  'delete an API key': () => db.apiKey.delete({ where: { key: secondKey } }),

  'a document gets another owner': () =>
    db.$transaction([
      db.document.update({ where: { id: recorder.value('document-6') }, data: { userId: ben, databaseId: null }, select: { userId: true } }),
      db.job.updateMany({ where: { documentId: recorder.value('document-6') }, data: { userId: ben } }),
    ]),
  'a database and all in it get another owner': () =>
    db.$transaction([
      db.database.update({
        where: { id: secondDatabase },
        data: { user: { connect: { id: ben } }, server: { connect: { id: recorder.value('server-of-ben') } } },
        select: { userId: true },
      }),
      db.document.updateMany({ where: { databaseId: secondDatabase }, data: { userId: ben } }),
      db.job.updateMany({ where: { document: { databaseId: secondDatabase } }, data: { userId: ben } }),
    ]),
  'what another owner got': () => db.document.count({ where: { userId: ben } }),
  'a user gets another id': () => db.user.update({ where: { id: ben }, data: { id: cuid('ben-again-cuid') }, select: { id: true } }),
  'a database gets another id': () =>
    db.database.update({ where: { id: secondDatabase }, data: { id: id('second-database-again') }, select: { id: true } }),
  'what the new ids took along': () =>
    db.document.findMany({ where: { userId: recorder.value('ben-again-cuid') }, orderBy: { name: 'asc' }, select: { databaseId: true } }),

  'read a row that was there, of each table': anytime(async () => {
    await db.user.findUniqueOrThrow({ where: { id: existing.users } });
    await db.userSettings.findUniqueOrThrow({ where: { id: existing.user_settings } });
    await db.databaseServer.findUniqueOrThrow({ where: { id: existing.database_servers } });
    await db.database.findUniqueOrThrow({ where: { id: existing.databases } });
    await db.document.findUniqueOrThrow({ where: { id: existing.documents } });
    await db.job.findUniqueOrThrow({ where: { id: existing.jobs } });
    await db.apiKey.findUniqueOrThrow({ where: { id: existing.api_keys } });
  }),
  'touch a user who was there': touch('user', 'users'),
  'touch settings that were there': touch('userSettings', 'user_settings'),
  'touch a server that was there': touch('databaseServer', 'database_servers'),
  'touch a database that was there': touch('database', 'databases', { documentCount: { increment: 0 } }),
  'touch a document that was there': touch('document', 'documents', { version: { increment: 0 } }),
  'touch a job that was there': touch('job', 'jobs'),
  'touch an API key that was there': touch('apiKey', 'api_keys'),
  'upsert a user by e-mail who was there': anytime(async () => {
    const { email: address, updatedAt } = await read('user', 'users', 'email', 'updatedAt');
    const create = { id: id('user-not-made'), name: 'never', email: address };
    await db.user.upsert({ where: { email: address }, create, update: { updatedAt }, select: { id: true } });
  }),
  'upsert a database by name and user that was there': anytime(async () => {
    const { name, userId, serverId, updatedAt } = await read('database', 'databases', 'name', 'userId', 'serverId', 'updatedAt');
    const create = { id: id('database-not-made'), name, description: '', userId, serverId };
    await db.database.upsert({ where: { name_userId: { name, userId } }, create, update: { updatedAt }, select: { id: true } });
  }),
  'upsert an API key by key that was there': anytime(async () => {
    const { key: secret, userId, updatedAt } = await read('apiKey', 'api_keys', 'key', 'userId', 'updatedAt');
    const create = { id: id('key-not-made'), name: 'never', key: secret, userId };
    await db.apiKey.upsert({ where: { key: secret }, create, update: { updatedAt }, select: { id: true } });
  }),
  'a document that was there is another owner\'s for a moment': async () => {
    const where = { id: existing.documents };
    const before = await read('document', 'documents', 'userId', 'databaseId', 'updatedAt');
    await db.$transaction([
      db.document.update({ where, data: { userId: ada, databaseId: null }, select: { id: true } }),
      db.document.update({ where, data: before, select: { id: true } }),
    ]);
  },
  'a document for a user who was there': async () => {
    await db.document.create({ data: { id: id('document-of-other'), name: 'x', type: 'x', userId: existing.users }, select: { id: true } });
    await db.document.delete({ where: { id: recorder.value('document-of-other') }, select: { id: true } });
  },

  'delete a database': () => db.database.delete({ where: { id: database }, select: { id: true } }),
  'its document is in none now': () => db.document.findUnique({ where: { id: document }, select: { databaseId: true } }),
  'delete a document': () => db.document.delete({ where: { id: document } }),
  'its jobs are gone': () => db.job.count({ where: { documentId: document } }),
  'delete many documents': () => db.document.deleteMany({ where: { userId: ada, chunks: 0 } }),
  'add a database with a document in it': () =>
    db.database.create({
      data: {
        id: id('third-database'),
        name: 'drafts',
        description: '',
        userId: ada,
        serverId: server,
        documents: { create: { id: id('document-7'), name: '7.txt', type: 'text/plain', userId: ada } },
      },
      select: { id: true },
    }),
  'delete a server': () => db.databaseServer.delete({ where: { id: server }, select: { id: true } }),
  'its databases are gone': () => db.database.count({ where: { serverId: server } }),
  'a document of its databases is in none now': () =>
    db.document.findUnique({ where: { id: recorder.value('document-7') }, select: { databaseId: true } }),
  'delete a user': () => db.user.delete({ where: { id: ada }, select: { id: true } }),
  'delete the other user': () => db.user.delete({ where: { id: recorder.value('ben-again-cuid') }, select: { id: true } }),
  'delete a user who is gone': fails('P2025', () => db.user.delete({ where: { id: ada } })),
  'all that was theirs is gone': () =>
    db.$queryRaw`SELECT (SELECT count(*) FROM "public"."user_settings" WHERE "userId" IN (${ada}, ${recorder.value('ben-again-cuid')}))
      + (SELECT count(*) FROM "public"."documents" WHERE "userId" IN (${ada}, ${recorder.value('ben-again-cuid')}))
      + (SELECT count(*) FROM "public"."api_keys" WHERE "userId" = ${ada}) AS left`,
};

/** It needs nothing of what others made, and changes no value. */
function anytime(act) {
  return Object.assign(act, { anytime: true });
}

/** These columns of a row that was there, as it is now. */
async function read(model, table, ...columns) {
  for (const column of columns) {
    recorder.keep(column, `${column}-in-${table}`);
  }
  const select = Object.fromEntries(columns.map((column) => [column, true]));
  return db[model].findUniqueOrThrow({ where: { id: existing[table] }, select });
}

/** Writes to a row what stands in it, so that it is another version of the row with the same values. */
function touch(model, table, more = {}) {
  return anytime(async () => {
    const { updatedAt } = await read(model, table, 'updatedAt');
    await db[model].update({ where: { id: existing[table] }, data: { ...more, updatedAt }, select: { id: true } });
  });
}

function fails(code, act) {
  return async () => {
    try {
      await act();
    } catch (error) {
      if (error.code === code) {
        return;
      }
      throw error;
    }
    throw new Error(`It should have failed with ${code}`);
  };
}

recorder.listen(pg);
let failed = 0;
for (const [name, act] of Object.entries(operations)) {
  const line = await recorder.record(name, act);
  if (line.error) {
    failed++;
  }
  if (process.argv[2] !== 'recorded') {
    console.log(JSON.stringify(line));
  }
}
if (process.argv[2] === 'recorded') {
  process.stdout.write(recorder.script());
}
await db.$disconnect();
await pool.end();
process.exitCode = failed === 0 ? 0 : 1;
