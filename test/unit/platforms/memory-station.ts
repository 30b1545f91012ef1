import type { OutboxDraft, StationCommands } from '../../../electron/station/platforms/platform.ts';

type ListChange = Parameters<StationCommands['applyListChange']>[0];
type Alarm = Parameters<StationCommands['alarm']>[0];

/** As the database throws it. */
export const storeFailure = (text: string): Error => Object.assign(new Error(text), { name: 'SqliteError' });

/** A station in memory: keeps what it was told. `broken` makes every write fail, as a full disk does. */
export class MemoryStation implements StationCommands {
  readonly changes: ListChange[] = [];
  readonly drafts = new Map<string, OutboxDraft>();
  readonly alarms: Alarm[] = [];
  readonly memory = new Map<string, string>();
  /** Names of messages that were told to go now. */
  readonly hurried: string[] = [];
  broken = false;

  #write(): void {
    if (this.broken) throw storeFailure('disk full');
  }
  applyListChange(change: ListChange): void {
    this.#write();
    this.changes.push(change);
  }
  remember(platform: string, key: string, value: string): void {
    this.#write();
    this.memory.set(`${platform}/${key}`, value);
  }
  rememberAll(platform: string, values: Readonly<Record<string, string>>): void {
    this.#write();
    for (const [key, value] of Object.entries(values)) this.memory.set(`${platform}/${key}`, value);
  }
  recall(platform: string, key: string): string | undefined {
    return this.memory.get(`${platform}/${key}`);
  }
  readonly #numbers: string[] = [];
  numberOf(platform: string, kind: string, id: string): number {
    const name = `${platform}/${kind}/${id}`;
    if (!this.#numbers.includes(name)) this.#numbers.push(name);
    return this.#numbers.indexOf(name) + 1;
  }
  numbersOf(platform: string, kind: string, ids: readonly string[]): readonly number[] {
    return ids.map((id) => this.numberOf(platform, kind, id));
  }
  numbered(platform: string, kind: string, number: number): string | undefined {
    const name = this.#numbers[number - 1];
    return name?.startsWith(`${platform}/${kind}/`) ? name.slice(`${platform}/${kind}/`.length) : undefined;
  }
  enqueue(_platform: string, draft: OutboxDraft): void {
    this.#write();
    if (!this.drafts.has(draft.id)) this.drafts.set(draft.id, draft);
  }
  hurry(_platform: string, message: string): void {
    this.hurried.push(message);
  }
  gateRefused(): void {
    throw new Error('no arm is asked for here');
  }
  freeByArea(): ReadonlyMap<string, number> {
    return new Map();
  }

  recountSpaces(): void {
    throw new Error('nobody counts here');
  }
  spaces() {
    return { total: 150, open: 130, free: 10, inside: 120 };
  }
  alarm(alarm: Alarm): void {
    this.alarms.push(alarm);
  }
}
