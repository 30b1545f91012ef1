import type { Actor } from '../../../shared/domain/events.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import type { TariffDraft } from '../../../shared/domain/tariff-records.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import { by, contentSha256 } from './common.ts';
import { parseTariff } from './parse.ts';
import { templateOf } from './templates.ts';
import type { Versions } from './versions.ts';

/** What a new draft begins with; a document from outside is parsed here. */
export type DraftStart =
  | { readonly kind: 'nothing'; readonly tariff: unknown }
  | { readonly kind: 'published'; readonly tariffId: string; readonly version?: number | undefined }
  | { readonly kind: 'template'; readonly templateId: string };

export interface DraftChange {
  readonly tariff?: unknown;
  readonly remark?: string | undefined;
  /** Choices that are still to be made. */
  readonly open?: readonly string[] | undefined;
  /** The revision that was looked at; another one by now refuses the change. */
  readonly revision?: number | undefined;
}

interface Given {
  readonly tariffId?: string | undefined;
  readonly remark?: string | undefined;
  readonly open?: readonly string[] | undefined;
}

const MOST_DRAFTS = 200;

/** 草稿: tariffs that people work on. Each change is an event; none of them prices anything. */
export class Drafts {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #versions: Versions;

  constructor(deps: { readonly store: Store; readonly clock: Clock; readonly ids: Ids; readonly versions: Versions }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#ids = deps.ids;
    this.#versions = deps.versions;
  }

  all(): TariffDraft[] {
    return this.#store.read.tariffDrafts.all();
  }

  get(id: string): TariffDraft {
    const draft = this.#store.read.tariffDrafts.get(id);
    if (!draft) throw new NotFoundError('没有这个草稿');
    return draft;
  }

  /**
   * @param tariffId becomes the id of the tariff in the draft: a template under this id follows the tariff that has it.
   * @throws ConflictError `tariff-invalid` | `too-many-drafts`; NotFoundError when what it begins with does not exist
   */
  create(start: DraftStart, given: Given, actor: Actor) {
    const { tariff, origin } = this.#begin(start);
    if (this.all().length >= MOST_DRAFTS)
      throw new ConflictError('too-many-drafts', `草稿不能超过 ${MOST_DRAFTS} 份，请先删除不用的草稿`);
    const now = this.#clock.now();
    const named = given.tariffId === undefined ? tariff : parseTariff({ ...tariff, id: given.tariffId });
    const draft: TariffDraft = {
      id: this.#ids.next('draft'),
      tariff: undated(named),
      origin,
      remark: given.remark ?? '',
      open: [...(given.open ?? [])],
      revision: 1,
      createdAt: now,
      createdBy: actor.name,
      updatedAt: now,
      updatedBy: actor.name,
    };
    this.#record('added', draft, actor);
    return draft;
  }

  /** @throws ConflictError `tariff-invalid` | `draft-changed`; NotFoundError */
  change(id: string, change: DraftChange, actor: Actor): TariffDraft {
    const tariff = change.tariff === undefined ? undefined : undated(parseTariff(change.tariff));
    const before = this.get(id);
    demandRevision(before, change.revision);
    // A tariff that comes without a word about open choices has made them all.
    const open = change.open ?? (tariff ? [] : before.open);
    const next = {
      ...{ ...before, open: [...open] },
      ...{ tariff: tariff ?? before.tariff, remark: change.remark ?? before.remark },
    };
    if (contentSha256(next) === contentSha256(before)) return before;
    const draft = {
      ...next,
      revision: before.revision + 1,
      updatedAt: this.#clock.now(),
      updatedBy: actor.name,
    };
    this.#record('updated', draft, actor);
    return draft;
  }

  remove(id: string, actor: Actor): void {
    this.#record('removed', this.get(id), actor);
  }

  #begin(start: DraftStart): { readonly tariff: Tariff; readonly origin: TariffDraft['origin'] } {
    if (start.kind === 'nothing') return { tariff: parseTariff(start.tariff), origin: { kind: 'nothing', ref: null } };
    if (start.kind === 'template')
      return { tariff: templateOf(start.templateId).tariff, origin: { kind: 'template', ref: start.templateId } };
    const { id, tariff } = this.#versions.get(start.tariffId, start.version);
    return { tariff, origin: { kind: 'published', ref: id } };
  }

  #record(change: 'added' | 'updated' | 'removed', draft: TariffDraft, actor: Actor): void {
    this.#store.write((tx) =>
      tx.record({ ...by(actor, draft.tariff.id), kind: 'tariff-drafted', body: { change, draft } }),
    );
  }
}

/** @throws ConflictError `draft-changed` */
export function demandRevision(draft: TariffDraft, revision: number | undefined): void {
  if (revision !== undefined && revision !== draft.revision)
    throw new ConflictError('draft-changed', `草稿已被 ${draft.updatedBy} 修改，请重新打开`);
}

/** Which version it is and from when it counts is said when it is published. */
function undated({ version: _version, effectiveFrom: _from, ...tariff }: Tariff): Tariff {
  return tariff;
}
