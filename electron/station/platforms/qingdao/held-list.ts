import type { Held } from './messages/downloadUID.ts';

/** What the platform has of a day and a kind, to be looked into many times. */
export class HeldList {
  readonly records: readonly Held[];
  readonly #ofUid = new Map<string, Held[]>();

  constructor(records: readonly Held[]) {
    this.records = records;
    for (const held of records) {
      const same = this.#ofUid.get(held.uid);
      if (same) same.push(held);
      else this.#ofUid.set(held.uid, [held]);
    }
  }

  /** By uid and the record's id; where the platform tells no id, the uid has to do. */
  find(uid: string, id: string): Held | undefined {
    return this.#ofUid.get(uid)?.find(({ ids }) => ids.length === 0 || ids.includes(id));
  }

  hasUid(uid: string): boolean {
    return this.#ofUid.has(uid);
  }
}
