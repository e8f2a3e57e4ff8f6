// The application after the finalization, on views that show realms: docs/for-the-old-application.md by the real client.
//   DATABASE_URL, USER_ID and REALM_ID say where, who and in which realm. Prints a line of JSON.
import pg from 'pg';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './client/index.js';

const { DATABASE_URL, USER_ID: userId, REALM_ID: realmId } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL });
const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });

const outside = await prisma.document.findMany().then(() => 'read', (error) => (/no realm is open/.test(String(error)) ? 'refused' : String(error)));

const inside = await prisma.$transaction(async (tx) => {
  await tx.$queryRaw`SELECT realms.enter_realm(${realmId}::uuid, ${userId}, NULL)::text`;
  await tx.$executeRaw`INSERT INTO documents (id, name, type, "userId", "realmId", "updatedAt") VALUES ('made', 'made', 't', ${userId}, ${realmId}::uuid, now())`;
  const documents = await tx.document.findMany({ orderBy: { name: 'asc' } });
  const databases = await tx.database.findMany({ select: { name: true, documentCount: true } });
  const realms = await tx.$queryRaw`SELECT name, "isDefault" FROM realms`;
  return { names: documents.map((document) => document.name), owners: [...new Set(documents.map((document) => document.userId))], databases, realms };
});

console.log(JSON.stringify({ outside, ...inside }));
await prisma.$disconnect();
await pool.end();
