import { createHash } from 'node:crypto';
import type { Actor, EventKind } from '../../../../shared/domain/events.ts';
import type { ImportJob, ImportKind } from '../../../../shared/domain/import-job.ts';
import { ConflictError, errorText, NotFoundError } from '../../runtime/errors.ts';
import type { Clock, Ids, Log } from '../../runtime/ports.ts';
import type { Store } from '../../store/store.ts';
import { limits } from '../../tables/limits.ts';
import { tableOf } from './export.ts';
import type { TableKind } from './kind.ts';
import { apply, type Compared, compare, dropFaults, dropStaged, putFaults, stage } from './stager.ts';
import { type Upload, Uploads } from './uploads.ts';

export interface ImportDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly tables: readonly TableKind[];
  /** Told when rows begin and cease to be applied: what they were compared with must not change meanwhile. */
  readonly applying: (what: ImportKind, on: boolean) => void;
}

/** How far a job is: an upload that is still coming or being read, or a job whose rows are put aside. */
export type Progress = { readonly upload: Upload } | { readonly job: ImportJob };

/**
 * 导入: a file comes in pieces, is read on another thread, put aside and compared; when no row has a fault, a person says
 * apply. Applied in slices that no car notices; what a crash interrupts is continued at the next start.
 */
export class Imports {
  readonly #deps: ImportDeps;
  readonly #uploads = new Uploads();
  readonly #ending = new AbortController();
  /** The newest state of jobs under way; their place within a comparison is not worth a write. */
  readonly #live = new Map<string, ImportJob>();
  /** One after another: two tables at once would be twice the load. */
  #queue: Promise<void> = Promise.resolve();

  constructor(deps: ImportDeps) {
    this.#deps = deps;
  }

  /** Goes on where the station was when it ended. Call before anybody can change the registry. */
  recover(): void {
    for (const job of this.#deps.store.read.imports.unfinished()) {
      if (job.state === 'staging') {
        this.#put({ ...job, state: 'failed', detail: '读取时程序中断，请重新上传' });
        this.#enqueue(job.id, () => dropStaged(this.#tools(), job.id));
      } else if (job.ordered) this.#startApplying(job);
      else this.#enqueue(job.id, () => this.#compare(job.id));
    }
  }

  /** Lets the slice under way end. What was not done is done at the next start. */
  async stop(): Promise<void> {
    this.#ending.abort(new Error('the station stops'));
    await this.#queue;
  }

  begin(
    file: {
      readonly what: ImportKind;
      readonly fileName: string;
      readonly bytes: number;
      readonly sharePlates: boolean;
    },
    actor: Actor,
  ): Progress {
    const { clock, ids } = this.#deps;
    if (file.bytes > limits.fileBytes)
      throw new ConflictError('table-too-large', `文件超过 ${limits.fileBytes / 1024 / 1024} MB`);
    const upload: Upload = {
      ...file,
      id: ids.next('import'),
      actor,
      createdAt: clock.now(),
      pieces: [],
      received: 0,
      read: null,
      rows: 0,
    };
    this.#uploads.begin(upload, clock.monotonic());
    return { upload };
  }

  /** The next piece; with the last one reading begins. */
  add(id: string, offset: number, piece: Uint8Array): Progress {
    const upload = this.#uploads.add(id, offset, piece, this.#deps.clock.monotonic());
    if (upload.received === upload.bytes && upload.read === null) {
      const bytes = Buffer.concat(upload.pieces);
      this.#uploads.progress(id, 0, 0);
      this.#enqueue(id, () => this.#read(upload, bytes));
    }
    return this.get(id);
  }

  get(id: string): Progress {
    const upload = this.#uploads.get(id);
    if (upload) return { upload };
    const job = this.#live.get(id) ?? this.#deps.store.read.imports.get(id);
    if (!job) throw new NotFoundError('没有这次导入');
    return { job };
  }

  /** Jobs under way and past ones, the newest in front. */
  list(page: { readonly offset: number; readonly limit: number }): { items: Progress[]; total: number } {
    const { items, total } = this.#deps.store.read.imports.list(page);
    const uploads = page.offset === 0 ? this.#uploads.all().map((upload) => ({ upload })) : [];
    return { items: [...uploads, ...items.map((job) => ({ job: this.#live.get(job.id) ?? job }))], total };
  }

  /** Compares once more, since time went by, and applies when still no row has a fault. */
  apply(id: string, actor: Actor): Progress {
    const job = this.#deps.store.read.imports.get(id);
    if (!job) throw new ConflictError('not-ready', '文件尚未读取完毕');
    if (job.state === 'done' || job.ordered) return this.get(id);
    if (job.state !== 'ready' && !(job.state === 'failed' && job.position > 0))
      throw new ConflictError(
        'not-ready',
        job.state === 'faulty' ? '文件有错误，请改正后重新上传' : '当前状态不能应用',
      );
    this.#startApplying({ ...job, ordered: true, actor, detail: '' });
    return this.get(id);
  }

  /** Gives a file up that was not applied. What is being applied, or was, stays. */
  cancel(id: string): void {
    if (this.#uploads.get(id)) {
      this.#uploads.drop(id);
      return;
    }
    const job = this.#deps.store.read.imports.get(id);
    if (!job) throw new NotFoundError('没有这次导入');
    if (job.state !== 'ready' && job.state !== 'faulty' && !(job.state === 'failed' && job.position === 0))
      throw new ConflictError('not-cancellable', '正在处理或已应用的导入不能取消');
    this.#put({ ...job, state: 'cancelled' });
    this.#enqueue(id, () => dropStaged(this.#tools(), id));
  }

  async #read(upload: Upload, bytes: Buffer): Promise<void> {
    const { clock } = this.#deps;
    const { id, what, fileName, sharePlates } = upload;
    const job: ImportJob = {
      id,
      what,
      fileName,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      state: 'staging',
      rows: 0,
      position: 0,
      added: 0,
      updated: 0,
      unchanged: 0,
      faultCount: 0,
      unknownColumns: [],
      present: [],
      sharePlates,
      comparedSeq: 0,
      ordered: false,
      detail: '',
      actor: upload.actor,
      createdAt: upload.createdAt,
      updatedAt: clock.now(),
    };
    try {
      const file = await this.#table(what).read(
        { bytes, fileName },
        {
          sharePlates,
          signal: this.#ending.signal,
          onProgress: ({ fraction, rows }) => this.#uploads.progress(id, fraction, rows),
        },
      );
      // Somebody gave it up meanwhile.
      if (!this.#uploads.get(id)) return;
      const faultCount = file.faultCount + file.headerFaults.length;
      const staged = this.#put({
        ...job,
        rows: file.rows.length,
        faultCount,
        unknownColumns: [...file.unknownColumns],
        present: [...file.present],
      });
      this.#uploads.drop(id);
      await stage(this.#tools(), id, faultCount > 0 ? { ...file, rows: [] } : file);
      this.#put({ ...staged, state: faultCount > 0 ? 'faulty' : 'checking' });
      if (faultCount === 0) await this.#compare(id);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      this.#uploads.drop(id);
      if (!this.#ending.signal.aborted) this.#put({ ...job, state: 'faulty', faultCount: 1, detail: error.message });
    }
  }

  /** @returns whether no row has a fault. */
  async #compare(id: string): Promise<boolean> {
    const job = this.#stored(id);
    await dropFaults(this.#tools(), id);
    const comparedSeq = this.#deps.store.read.journal.last().seq;
    const found = await compare(this.#tools(), this.#table(job.what), job, (position) =>
      this.#live.set(id, { ...job, position }),
    );
    await putFaults(this.#tools(), id, found.faults);
    this.#put({
      ...job,
      ...countsOf(found),
      comparedSeq,
      state: found.faultCount > 0 ? 'faulty' : 'ready',
      ordered: false,
      position: 0,
    });
    return found.faultCount === 0;
  }

  /** Did anything happen since to what the rows were compared with? */
  #outdated({ what, comparedSeq }: ImportJob): boolean {
    const [newest] = this.#deps.store.read.journal.list({ kind: EVENT_OF[what], limit: 1 });
    return newest !== undefined && newest.seq > comparedSeq;
  }

  #startApplying(job: ImportJob): void {
    const { applying } = this.#deps;
    const ordered = this.#put(
      job.state === 'applying' || job.state === 'failed'
        ? { ...job, state: 'applying' }
        : { ...job, state: 'checking' },
    );
    applying(job.what, true);
    this.#enqueue(job.id, async () => {
      try {
        if (ordered.state === 'checking') {
          if (this.#outdated(ordered) && !(await this.#compare(job.id))) return;
          this.#put({ ...this.#stored(job.id), ordered: true, state: 'applying', ...NOTHING, position: 0 });
        }
        await apply(this.#tools(), this.#table(job.what), job.id, (changed) => this.#live.set(job.id, changed));
        await dropStaged(this.#tools(), job.id);
      } finally {
        if (!this.#ending.signal.aborted) applying(job.what, false);
      }
    });
  }

  #enqueue(id: string, work: () => Promise<unknown>): void {
    this.#queue = this.#queue.then(async () => {
      try {
        await work();
      } catch (error) {
        if (this.#ending.signal.aborted) return;
        this.#uploads.drop(id);
        this.#failed(id, error);
      } finally {
        this.#live.delete(id);
      }
    });
  }

  /** Nothing half-done is hidden: the job says how far it came, and may be told to go on. */
  #failed(id: string, error: unknown): void {
    const { log, store } = this.#deps;
    log.error('an import stopped', { import: id, error: errorText(error) });
    try {
      const job = store.read.imports.get(id);
      if (job && job.state !== 'done')
        this.#put({
          ...job,
          state: 'failed',
          ordered: false,
          detail: `第 ${job.position + 1} 行之后停止：${errorText(error)}`.slice(0, 400),
        });
    } catch (again) {
      log.error('the state of an import could not be stored', { import: id, error: errorText(again) });
    }
  }

  #put(job: ImportJob): ImportJob {
    const put: ImportJob = { ...job, updatedAt: this.#deps.clock.now() };
    this.#deps.store.write((tx) => tx.imports.put(put));
    this.#live.delete(job.id);
    return put;
  }

  #stored(id: string): ImportJob {
    const job = this.#deps.store.read.imports.get(id);
    if (!job) throw new Error(`import ${id} is gone`);
    return job;
  }

  #table(what: ImportKind): TableKind {
    return tableOf(this.#deps.tables, what);
  }

  #tools() {
    const { store, clock } = this.#deps;
    return { store, clock, signal: this.#ending.signal };
  }
}

/** What tells of a change of each kind. */
const EVENT_OF: Readonly<Record<ImportKind, EventKind>> = {
  lists: 'list-changed',
  cards: 'card-changed',
  bookings: 'booking-changed',
  visitors: 'visitor-changed',
  debts: 'debt-changed',
  merchants: 'merchant-changed',
  coupons: 'coupon-changed',
  agreements: 'agreement-changed',
  berths: 'berth-changed',
};

const NOTHING = { added: 0, updated: 0, unchanged: 0 } as const;

const countsOf = ({ added, updated, unchanged, faultCount }: Compared) => ({ added, updated, unchanged, faultCount });
