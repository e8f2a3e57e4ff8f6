// What `prisma db push` does with schema.prisma to the database that DATABASE_URL names, by Prisma's schema engine as WebAssembly: the
// native one comes from a server of Prisma's, not from npm. Prints a line of JSON: the number of steps, or the error.
import { readFile } from 'node:fs/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

const CHAR = 18;
const TEXT = 25;

/** The engine reads "char" from the catalogue, a type that the adapter does not know. */
class AdapterWithChar extends PrismaPg {
  async connect() {
    const adapter = await super.connect();
    const { performIO, queryRaw } = adapter;
    let chars = [];
    adapter.performIO = async (query) => {
      const result = await performIO.call(adapter, query);
      chars = result.fields.map(({ dataTypeID }) => dataTypeID === CHAR);
      result.fields = result.fields.map((field, i) => (chars[i] ? { ...field, dataTypeID: TEXT } : field));
      return result;
    };
    adapter.queryRaw = async (query) => {
      const result = await queryRaw.call(adapter, query);
      result.columnTypes = result.columnTypes.map((type, i) => (chars[i] ? ColumnTypeEnum.Character : type));
      return result;
    };
    return adapter;
  }
}

function end(answer) {
  console.log(JSON.stringify(answer));
  process.exit();
}

// Where the engine leaves what made it give up, before it throws out of turn.
let panic;
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (panic = message) };
process.on('uncaughtException', (error) => end({ error: panic ?? error.message }));

const folder = new URL('.', import.meta.resolve('@prisma/schema-engine-wasm'));
const { instance } = await WebAssembly.instantiate(await readFile(new URL('schema_engine_bg.wasm', folder)), {
  './schema_engine_bg.js': bindings,
});
bindings.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const schema = [{ path: 'schema.prisma', content: await readFile('schema.prisma', 'utf8') }];
const adapter = bindSqlAdapterFactory(new AdapterWithChar({ connectionString: process.env.DATABASE_URL }));
const engine = await bindings.SchemaEngine.new({ datamodels: schema.map(({ path, content }) => [path, content]) }, () => {}, adapter);
try {
  const { executedSteps, unexecutable, warnings } = await engine.schemaPush({
    schema: { files: schema },
    force: false,
    filters: { externalTables: [], externalEnums: [] },
  });
  end({ steps: executedSteps, refused: [...unexecutable, ...warnings] });
} catch (error) {
  end({ error: error.message });
}
