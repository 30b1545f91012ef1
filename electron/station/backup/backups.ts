import { isAbsolute, join } from 'node:path';
import type { BackupsOverview, BackupView } from '../../../shared/contract/backups.ts';
import type { VerifyReport } from '../../../shared/contract/evidence.ts';
import { type BackupSettings, backupSettingsSchema } from '../../../shared/domain/backup.ts';
import { type Actor, STATION } from '../../../shared/domain/events.ts';
import { shanghaiDateTime, toRfc3339 } from '../../../shared/domain/time.ts';
import { verifyOnThread } from '../evidence/verify-thread.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { every } from '../runtime/clock.ts';
import { ConflictError, errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import { copyDatabaseOnThread, copyPhotosOnThread } from '../store/backup-thread.ts';
import type { Store } from '../store/store.ts';
import { freeBytes, watchDisks } from './disk.ts';
import { Library, type Manifest } from './library.ts';
import { SETTINGS_KEY, stageRestore } from './restore.ts';
import { lastDue, nextDue } from './schedule.ts';

export interface BackupsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly log: Log;
  readonly dataDirectory: string;
  readonly version: string;
  /** Nothing is backed up by itself while nobody said what this car park is. */
  readonly configured: boolean;
  readonly reopen: () => void;
}

type Busy = NonNullable<BackupsOverview['busy']>;

const LOOK_MS = 60_000;
const RETRY_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** Since when daily backups fall due: a station that was just set up owes none for last night. */
const SINCE_KEY = 'backups-since';

/** 备份与恢复: copies of everything, made beside the lanes, and the way back. One thing at a time. */
export class Backups {
  readonly #deps: BackupsDeps;
  readonly #stopping = new AbortController();
  readonly #cancels: Cancel[] = [];
  readonly #verified = new Map<string, NonNullable<BackupView['verified']>>();
  #settings: BackupSettings;
  #busy: Busy | null = null;
  #work: Promise<unknown> = Promise.resolve();
  #resting = 0;

  constructor(deps: BackupsDeps) {
    this.#deps = deps;
    const stored = deps.store.read.meta.get(SETTINGS_KEY);
    this.#settings = backupSettingsSchema.parse(stored === undefined ? {} : JSON.parse(stored));
  }

  start(): void {
    const { clock, alarms, dataDirectory, log, configured } = this.#deps;
    const failed = (error: unknown): void => log.error('the daily backup failed', { error: errorText(error) });
    if (configured) this.#cancels.push(every(clock, LOOK_MS, () => this.#daily(), failed));
    this.#cancels.push(
      watchDisks({
        ...{ clock, alarms, warnBelowMb: () => this.#settings.warnBelowMb },
        places: () => [
          { subject: 'data', name: '数据目录', path: dataDirectory },
          ...(this.#settings.directory === ''
            ? []
            : [{ subject: 'backups', name: '备份目录', path: this.directory() }]),
        ],
      }),
    );
  }

  async stop(): Promise<void> {
    for (const cancel of this.#cancels) cancel();
    this.#stopping.abort(new Error('the station stops'));
    await this.#work.catch(() => undefined);
  }

  directory(): string {
    const { directory } = this.#settings;
    return directory === '' ? join(this.#deps.dataDirectory, 'backups') : directory;
  }

  async overview(): Promise<BackupsOverview> {
    const library = this.#library();
    const next = this.#deps.configured ? nextDue(this.#settings.dailyAt, this.#deps.clock.now()) : null;
    const [free, listed] = await Promise.all([
      freeBytes(library.root),
      library.list().then(
        (items) => ({ items, problem: '' }),
        (error: unknown) => ({ items: [], problem: errorText(error) }),
      ),
    ]);
    return {
      ...{ settings: this.#settings, directory: library.root, problem: listed.problem },
      ...{ freeBytes: free, busy: this.#busy, nextAt: next === null ? null : toRfc3339(next) },
      items: listed.items.map((manifest) => this.#view(manifest)),
    };
  }

  configure(settings: BackupSettings, actor: Actor): void {
    if (settings.directory !== '' && !isAbsolute(settings.directory))
      throw new ConflictError('directory-relative', '请填写完整的目录，例如 D:\\backup 或 /mnt/backup');
    this.#deps.store.write((tx) => {
      tx.meta.put(SETTINGS_KEY, JSON.stringify(settings));
      tx.record({ ...nowhere, actor, kind: 'backups-configured', body: { settings } });
    });
    this.#settings = settings;
    this.#resting = 0;
  }

  /** @throws ConflictError `busy` | `backup-failed` */
  make(why: Manifest['why'], actor: Actor): Promise<BackupView> {
    return this.#alone('making', async (signal) => {
      try {
        const manifest = await this.#copy(why, signal);
        const { id, bytes, seq, photos } = manifest;
        this.#deps.store.write((tx) =>
          tx.record({ ...nowhere, actor, kind: 'backup-made', body: { id, why, bytes, seq, photos: photos ?? 0 } }),
        );
        this.#deps.alarms.clear('backup-failed', 'backups');
        return this.#view(manifest);
      } catch (error) {
        signal.throwIfAborted();
        const detail = errorText(error);
        this.#deps.alarms.raise({
          code: 'backup-failed',
          subject: 'backups',
          detail: `备份失败：${detail}`,
          severity: 'alarm',
        });
        throw new ConflictError('backup-failed', `备份失败：${detail}`);
      }
    });
  }

  /** @throws NotFoundError | ConflictError `busy` */
  verify(id: string): Promise<VerifyReport> {
    return this.#alone('verifying', (signal) => this.#check(id, signal));
  }

  async remove(id: string, actor: Actor): Promise<void> {
    if (this.#busy !== null) throw busy();
    await this.#library().remove(id);
    this.#deps.store.write((tx) =>
      tx.record({ ...nowhere, actor, kind: 'backup-removed', body: { id, why: 'by-hand' } }),
    );
  }

  /**
   * Checks a backup, lays it ready, and asks for the station to be opened again with it.
   *
   * @throws NotFoundError | ConflictError `busy` | `backup-damaged`
   */
  restore(id: string, actor: Actor): Promise<{ readonly keptAs: string }> {
    return this.#alone('restoring', async (signal) => {
      const { store, clock, dataDirectory, reopen } = this.#deps;
      const library = this.#library();
      const { madeAt, seq, photos } = await library.get(id);
      const report = await this.#check(id, signal);
      if (!report.whole)
        throw new ConflictError('backup-damaged', `备份不完整，不能恢复：${report.findings[0]?.text ?? ''}`);
      if (photos !== null)
        await copyPhotosOnThread(library.database(id), library.photos, join(dataDirectory, 'photos'), signal);
      const keptAs = `before-restore-${stamp(clock.now())}`;
      const lostRows = Math.max(0, store.read.journal.last().seq - seq);
      const settings = store.read.meta.get(SETTINGS_KEY) ?? null;
      await stageRestore(dataDirectory, library.database(id), { id, madeAt, keptAs, lostRows, actor, settings });
      reopen();
      return { keptAs };
    });
  }

  #library(): Library {
    return new Library(this.directory());
  }

  async #copy(why: Manifest['why'], signal: AbortSignal): Promise<Manifest> {
    const { clock, dataDirectory, version } = this.#deps;
    const library = this.#library();
    const madeAt = clock.now();
    const id = await library.freeId(stamp(madeAt));
    const database = join(await library.begin(id), 'gatehouse.db');
    const copied = await copyDatabaseOnThread(join(dataDirectory, 'gatehouse.db'), database, clock, signal);
    const photos = this.#settings.photos
      ? await copyPhotosOnThread(database, join(dataDirectory, 'photos'), library.photos, signal)
      : null;
    const manifest: Manifest = { format: 1, id, madeAt, why, version, ...copied, photos };
    await library.finish(manifest);
    return manifest;
  }

  async #check(id: string, signal: AbortSignal): Promise<VerifyReport> {
    const library = this.#library();
    const manifest = await library.get(id);
    const same = await library.isWhole(manifest);
    const report = same
      ? await verifyOnThread(
          { dataDirectory: library.folder(id), expect: [{ seq: manifest.seq, hash: manifest.hash }] },
          signal,
        )
      : changedFile(manifest);
    const at = toRfc3339(this.#deps.clock.now());
    this.#verified.set(id, { at, whole: report.whole, findings: report.findingCount });
    return report;
  }

  async #daily(): Promise<void> {
    const { store, clock, log } = this.#deps;
    const now = clock.now();
    const due = lastDue(this.#settings.dailyAt, now);
    const since = store.read.meta.get(SINCE_KEY);
    if (since === undefined) store.write((tx) => tx.meta.put(SINCE_KEY, String(now)));
    if (due === null || due < Number(since ?? now) || clock.monotonic() < this.#resting || this.#busy !== null) return;
    const library = this.#library();
    const [newest] = await library.list();
    if (newest && newest.madeAt >= due) return;
    this.#resting = clock.monotonic() + RETRY_MS;
    await this.make('daily', STATION);
    this.#resting = 0;
    for (const old of (await library.list()).slice(1)) {
      if (old.why !== 'daily' || old.madeAt > now - this.#settings.keepDays * DAY_MS) continue;
      await library.remove(old.id);
      store.write((tx) =>
        tx.record({ ...nowhere, actor: STATION, kind: 'backup-removed', body: { id: old.id, why: 'retention' } }),
      );
      log.info('an old backup was removed', { id: old.id });
    }
  }

  #view({ id, madeAt, why, version, bytes, seq, photos }: Manifest): BackupView {
    return {
      id,
      madeAt: toRfc3339(madeAt),
      why,
      version,
      bytes,
      seq,
      photos,
      verified: this.#verified.get(id) ?? null,
    };
  }

  #alone<T>(what: Busy, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#busy !== null) return Promise.reject(busy());
    this.#busy = what;
    const result = work(this.#stopping.signal).finally(() => {
      this.#busy = null;
    });
    this.#work = result;
    return result;
  }
}

const nowhere = { key: null, laneId: null, passageId: null } as const;

const busy = (): ConflictError => new ConflictError('busy', '正在备份、核验或恢复，请稍后再试');

/** `2026-03-02 03:40:00` → `20260302-034000`. */
const stamp = (at: number): string => shanghaiDateTime(at).replace(/[-:]/g, '').replace(' ', '-');

const changedFile = ({ seq, hash }: Manifest): VerifyReport => ({
  ...{ whole: false, fromSeq: 1, rows: 0, tables: false, tableRows: 0, photos: null, anchor: { seq, hash } },
  findings: [{ code: 'backup-changed', seq: null, text: '备份文件与制作时不一致，已损坏或被改动' }],
  ...{ findingCount: 1, notes: [], noteCount: 0 },
});
