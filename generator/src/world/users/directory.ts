/**
 * Which things users ask for. Some are looked at all the time, so that the app comes to know them by heart; all others
 * come up once: they are dealt from the whole population without repetition.
 */
import type { Random } from '../../simulation/random.js';
import { entityId } from '../postgres/data/entity-id.js';
import { MOST, TENANTS } from '../postgres/data/table.js';
import type { Bearer } from '../tokens.js';

/** Tables whose rows belong to tenants, and how many rows every tenant has at least. */
const ROWS_PER_TENANT = { workflows: 90, users: 40, datasets: 16, report_templates: 5 } as const;
const MOST_PER_TENANT = {
  workflows: MOST.workflows,
  users: MOST.users,
  datasets: MOST.datasets,
  report_templates: MOST.templates,
} as const;

export type OwnedTable = keyof typeof ROWS_PER_TENANT;

/** Tenants whose people look at the same things again and again. */
const BUSY_TENANTS = 12;
/** Rows of each table that the people of a busy tenant look at. */
const FAMILIAR_ROWS = 3;
/** The first users of a tenant are its admins (see the population of `users`). */
const ADMINS = 4;

/** A row and the tenant that it belongs to. */
export interface Owned {
  readonly tenant: number;
  readonly id: string;
}

export class Directory {
  readonly #random: Random;
  readonly #isUsable: (table: OwnedTable, n: number) => boolean;
  readonly #decks = new Map<OwnedTable, () => number>();

  /** @param isUsable whether a row can be used for what it is there for: a draft can't be executed */
  constructor(random: Random, isUsable: (table: OwnedTable, n: number) => boolean) {
    this.#random = random;
    this.#isUsable = isUsable;
  }

  /** One of the rows that are looked at all the time. */
  familiar(table: OwnedTable): Owned {
    const tenant = this.busyTenant();
    const usable: number[] = [];
    for (let slot = ADMINS; usable.length < FAMILIAR_ROWS; slot++) {
      const n = tenant * MOST_PER_TENANT[table] + (slot % ROWS_PER_TENANT[table]);
      if (this.#isUsable(table, n)) usable.push(n);
    }
    return { tenant, id: entityId(table, this.#random.pick(usable)) };
  }

  /** A row that nobody has asked for yet. */
  unfamiliar(table: OwnedTable): Owned {
    let deal = this.#decks.get(table);
    if (deal === undefined) {
      deal = walk((TENANTS - BUSY_TENANTS) * ROWS_PER_TENANT[table], this.#random);
      this.#decks.set(table, deal);
    }
    for (;;) {
      const index = deal();
      const tenant = BUSY_TENANTS + (index % (TENANTS - BUSY_TENANTS));
      const slot = Math.floor(index / (TENANTS - BUSY_TENANTS));
      // Admins are left alone: they are who is asking.
      if (table === 'users' && slot < ADMINS) continue;
      const n = tenant * MOST_PER_TENANT[table] + slot;
      if (this.#isUsable(table, n)) return { tenant, id: entityId(table, n) };
    }
  }

  busyTenant(): number {
    return this.#random.integer(0, BUSY_TENANTS - 1);
  }

  quietTenant(): number {
    return this.#random.integer(BUSY_TENANTS, TENANTS - 1);
  }

  /** Somebody of that tenant who may do everything. */
  admin(tenant: number): Bearer {
    return this.#person(tenant, this.#random.integer(0, ADMINS - 1), 'admin');
  }

  /** Somebody who may only look. */
  viewer(tenant: number): Bearer {
    return this.#person(tenant, this.#random.integer(ADMINS, ROWS_PER_TENANT.users - 1), 'viewer');
  }

  #person(tenant: number, slot: number, role: Bearer['role']): Bearer {
    return {
      role,
      userId: entityId('users', tenant * MOST.users + slot),
      tenantId: entityId('tenants', tenant),
    };
  }
}

/** Deals 0 to `size - 1` in an order that looks random, each once before any comes again, without keeping a list. */
function walk(size: number, random: Random): () => number {
  let step = random.integer(Math.floor(size / 3), Math.floor(size / 2));
  while (greatestCommonDivisor(step, size) !== 1) step++;
  let position = random.integer(0, size - 1);
  return () => {
    position = (position + step) % size;
    return position;
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
