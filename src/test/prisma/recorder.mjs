// Writes down what a client sends to PostgreSQL and what it gets, with names in place of ids and times that differ each time.

const TIME = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)?$/;
const HEAD = `-- What the pre-realm application sends on the Prisma shape: written by src/test/prisma/old-application.mjs, which uses the real client.
-- OldApplicationScript says how to read it.
`;

export class Recorder {
  #names = new Map();
  #values = new Map();
  #kept = new Map();
  #operations = [];
  #now = new Set();
  #begin = Date.now();

  /** @returns the value, which is written as \${name} from now on */
  name(name, value) {
    this.#names.set(value, name);
    this.#values.set(name, value);
    return value;
  }

  value(name) {
    return this.#values.get(name);
  }

  /** What is read next from a column of this name is written as ${name} from now on. */
  keep(column, name) {
    this.#kept.set(column, name);
  }

  listen(pg) {
    const send = pg.Client.prototype.query;
    const recorder = this;
    pg.Client.prototype.query = function (config, values, callback) {
      const sql = config.text ?? config;
      const args = config.values ?? (Array.isArray(values) ? values : []);
      const statement = { sql, with: args.map((arg) => recorder.#parameter(arg)) };
      recorder.#operations.at(-1)?.statements.push(statement);
      const done = (error, result) => {
        if (error) {
          statement.fails = error.code;
        } else if (result.fields.length > 0) {
          statement.gives = result.rows.map((row) => row.map((cell, i) => recorder.#cell(cell, sql, result.fields[i].name)));
        } else if (result.rowCount !== null) {
          statement.changes = result.rowCount;
        }
      };
      const last = [config, values, callback].findIndex((it) => typeof it === 'function');
      if (last >= 0) {
        const given = [config, values, callback];
        const tell = given[last];
        given[last] = (error, result) => {
          done(error, result);
          tell(error, result);
        };
        return send.apply(this, given.slice(0, last + 1));
      }
      return send.call(this, config, values).then(
        (result) => {
          done(null, result);
          return result;
        },
        (error) => {
          done(error);
          throw error;
        },
      );
    };
  }

  async record(operation, act) {
    const line = { operation, ...(act.anytime && { anytime: true }), statements: [] };
    this.#operations.push(line);
    this.#now.clear();
    const start = performance.now();
    try {
      await act();
    } catch (error) {
      line.error = error.message;
    }
    line.milliseconds = Math.round((performance.now() - start) * 10) / 10;
    return line;
  }

  /** In the form of the recorded SQL. */
  script() {
    const operation = ({ operation, anytime, statements }) =>
      `\n-- operation: ${operation}\n${anytime ? '-- anytime\n' : ''}${repeated(statements.map(text)).join('')}`;
    return HEAD + this.#operations.map(operation).join('');
  }

  #parameter(value) {
    if (TIME.test(value)) {
      const at = Date.parse(value.replace(' ', 'T') + 'Z');
      if (at >= this.#begin) {
        this.#now.add(at);
        return '${now}';
      }
    }
    return this.#named(value);
  }

  #cell(value, sql, column) {
    const kept = this.#kept.get(column);
    if (kept !== undefined) {
      this.#kept.delete(column);
      if (value !== null) {
        this.#names.set(TIME.test(value) ? sent(value) : value, kept);
      }
      return '${' + kept + '}';
    }
    if (TIME.test(value)) {
      return this.#now.has(Date.parse(value)) ? '${now}' : '*';
    }
    // Whatever a row holds that was there before.
    const others = sql.includes('"id" = $1 AND 1=1') && /existing/.test(this.#operations.at(-1).statements.at(-1).with[0]);
    const named = this.#named(value);
    return others && !named?.includes?.('${') ? '*' : named;
  }

  #named(value) {
    let text = value === null ? null : value === true ? 't' : value === false ? 'f' : String(value);
    for (const [known, name] of this.#names) {
      text = text?.replaceAll(known, '${' + name + '}') ?? null;
    }
    return text;
  }
}

/** A time as the client reads it, in the form in which it sends one. */
function sent(time) {
  return new Date(time).toISOString().replace('T', ' ').replace(/(\.000)?Z$/, '');
}

/** What comes several times in a row is written once. */
function repeated(texts) {
  return texts.flatMap((text, i) => {
    const times = texts.slice(i).findIndex((other) => other !== text);
    const left = times < 0 ? texts.length - i : times;
    return texts[i - 1] === text ? [] : left === 1 ? [text] : [`${text}-- times: ${left}\n`];
  });
}

function text({ sql, with: values, fails, gives, changes }) {
  const row = (cells) => cells.map((cell) => (cell === '' ? "''" : cell ?? 'NULL')).join(' | ');
  let answer = '';
  if (fails) {
    answer = `-- fails: ${fails}\n`;
  } else if (gives) {
    answer = gives.length === 0 ? '-- gives nothing\n' : gives.map((cells) => `-- gives: ${row(cells)}\n`).join('');
  } else if (changes !== undefined) {
    answer = `-- changes: ${changes}\n`;
  }
  return `${sql.replaceAll(/\s+/g, ' ').trim()};\n${values.length === 0 ? '' : `-- with: ${row(values)}\n`}${answer}`;
}
