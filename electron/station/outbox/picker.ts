import type { PlatformId } from '../../../shared/domain/site.ts';
import type { OutboxHead, OutboxStore, OutgoingRow } from '../store/outbox-store.ts';

const PAGE = 64;
/** Pages looked through in one turn: where thousands of messages rest, the lanes come in between. */
const PAGES_A_TURN = 8;

type Kind = OutgoingRow['kind'];

/** How far the waiting messages of one kind have been looked through. */
interface Scan {
  heads: OutboxHead[];
  /** The next of `heads`. */
  at: number;
  after: number;
  ended: boolean;
  /** Something behind the scan may have become free: once through again, after the end. */
  again: boolean;
}

const fresh = (): Scan => ({ heads: [], at: 0, after: 0, ended: false, again: false });

export interface PickerDeps {
  readonly outbox: Pick<OutboxStore, 'ready' | 'outgoing'>;
  readonly platform: PlatformId;
  /** On its way, or delivered and not yet written down. */
  readonly taken: (id: number) => boolean;
  /** A message of this stay and kind is on its way. */
  readonly busy: (kind: Kind, key: string) => boolean;
  /** When a message may go, on the monotonic clock; 0 when nothing holds it back. */
  readonly notBefore: (id: number) => number;
}

/**
 * Which message goes next. What waits is read a page at a time and used up, not asked for anew with every message: a backlog is gone
 * through from its beginning to its end. Whatever may have put something before that place asks for a new {@link restart}; a stay
 * whose next message became free behind it is found in the next round.
 */
export class Picker {
  readonly #deps: PickerDeps;
  readonly #scans: Readonly<Record<Kind, Scan>> = {
    answer: fresh(),
    record: fresh(),
    bulk: fresh(),
    photo: fresh(),
  };
  /** When the first of those passed over may go. */
  soonest = Number.POSITIVE_INFINITY;
  readonly #unfinished = new Set<Kind>();

  constructor(deps: PickerDeps) {
    this.#deps = deps;
  }

  /** The last turn ended before the end of what waits: ask again in the next. */
  get unfinished(): boolean {
    return this.#unfinished.size > 0;
  }

  /** From the oldest message again. */
  restart(): void {
    for (const scan of Object.values(this.#scans)) Object.assign(scan, fresh());
    this.#unfinished.clear();
    this.soonest = Number.POSITIVE_INFINITY;
  }

  /** Messages were added, which all stand behind those that there were. */
  appended(): void {
    for (const scan of Object.values(this.#scans)) scan.ended = false;
  }

  /** Deliveries were written down: the next of their stays, and what was passed over beside them, may go. */
  onceMore(): void {
    for (const scan of Object.values(this.#scans))
      if (scan.ended && scan.at >= scan.heads.length) Object.assign(scan, fresh());
      else scan.again = true;
  }

  /** Up to `count` messages that may leave now, oldest first, at most one of each stay. */
  pick(kind: Kind, count: number, now: number): OutgoingRow[] {
    const picked: OutgoingRow[] = [];
    const keys = new Set<string>();
    this.#unfinished.delete(kind);
    for (let pages = 0; picked.length < count; ) {
      const head = this.#next(kind);
      if (head !== undefined) {
        const row = this.#mayGo(kind, head, keys, now) ? this.#deps.outbox.outgoing(head.id) : undefined;
        if (row === undefined) continue;
        if (row.key !== null) keys.add(row.key);
        picked.push(row);
        continue;
      }
      if (pages >= PAGES_A_TURN) {
        this.#unfinished.add(kind);
        break;
      }
      pages += 1;
      if (!this.#turnPage(kind)) break;
    }
    return picked;
  }

  /** Up to `count` messages that will be picked next, unless something comes in between. Uses nothing up. */
  peek(kind: Kind, count: number, now: number): OutboxHead[] {
    const scan = this.#scans[kind];
    if (scan.heads.length - scan.at < count && !scan.ended) {
      const rest = scan.heads.slice(scan.at);
      this.#turnPage(kind);
      scan.heads.unshift(...rest);
    }
    const { taken, notBefore } = this.#deps;
    return scan.heads.slice(scan.at, scan.at + count).filter(({ id }) => !taken(id) && notBefore(id) <= now);
  }

  #next(kind: Kind): OutboxHead | undefined {
    const scan = this.#scans[kind];
    const head = scan.heads[scan.at];
    if (head !== undefined) scan.at += 1;
    return head;
  }

  #mayGo(kind: Kind, head: OutboxHead, keys: ReadonlySet<string>, now: number): boolean {
    const { taken, busy, notBefore } = this.#deps;
    if (taken(head.id) || (head.key !== null && (keys.has(head.key) || busy(kind, head.key)))) return false;
    const at = notBefore(head.id);
    if (at > now) this.soonest = Math.min(this.soonest, at);
    return at <= now;
  }

  /** @returns whether there is more to look at. */
  #turnPage(kind: Kind): boolean {
    const scan = this.#scans[kind];
    if (scan.ended) {
      if (!scan.again) return false;
      Object.assign(scan, fresh());
    }
    scan.heads = this.#deps.outbox.ready(this.#deps.platform, kind, scan.after, PAGE);
    scan.at = 0;
    scan.ended = scan.heads.length < PAGE;
    scan.after = scan.heads.at(-1)?.id ?? scan.after;
    return scan.heads.length > 0 || scan.again;
  }
}
