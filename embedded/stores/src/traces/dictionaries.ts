/** Everything that spans share, as numbers: strings, attributes, resources and scopes. */
import { identity, type Value } from './value.js';

/** Strings by the order of their arrival; the empty one is 0. */
export class StringTable {
  readonly texts: string[] = [''];
  readonly #ids = new Map<string, number>([['', 0]]);

  id(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.texts.length;
      this.texts.push(text);
      this.#ids.set(text, id);
    }
    return id;
  }

  /** @returns undefined for a string that nothing has */
  find(text: string): number | undefined {
    return this.#ids.get(text);
  }
}

/** Attributes, each a key with a value: equal ones have one number, wherever they are. */
export class AttributeTable {
  readonly keys = new StringTable();
  readonly keyOf: number[] = [];
  readonly values: Value[] = [];
  readonly #ids = new Map<string, number>();
  readonly #ofKey: number[][] = [];

  id(key: string, value: Value): number {
    const text = `${this.keys.id(key)} ${identity(value)}`;
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.values.length;
    const keyId = this.keys.id(key);
    this.#ids.set(text, id);
    this.keyOf.push(keyId);
    this.values.push(value);
    const list = this.#ofKey[keyId];
    if (list) list.push(id);
    else this.#ofKey[keyId] = [id];
    return id;
  }

  /** Attributes with this key, whatever has them. */
  ofKey(key: string): readonly number[] {
    return this.#ofKey[this.keys.find(key) ?? -1] ?? [];
  }

  key(attribute: number): string {
    return this.keys.texts[this.keyOf[attribute] as number] as string;
  }

  value(attribute: number): Value {
    return this.values[attribute] as Value;
  }
}

export interface Resource {
  readonly attributes: readonly number[];
  readonly droppedAttributes: number;
}

export interface Scope {
  readonly resource: number;
  readonly name: string;
  readonly version: string;
  readonly attributes: readonly number[];
  readonly droppedAttributes: number;
}

/** Things that are told apart by all that they say. */
export class RecordTable<T extends object> {
  readonly records: T[] = [];
  readonly #ids = new Map<string, number>();

  id(record: T): number {
    const text = JSON.stringify(record);
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.records.length;
      this.records.push(record);
      this.#ids.set(text, id);
    }
    return id;
  }

  get(id: number): T {
    return this.records[id] as T;
  }
}
