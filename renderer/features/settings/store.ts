import { create } from 'zustand';
import type {
  ConfigurationCheck,
  ConfigurationDocument,
  ConfigurationFault,
  ConfigurationView,
} from '../../../shared/contract/configuration.ts';
import { KEPT_SECRET } from '../../../shared/domain/setting.ts';

/** What is being edited. It outlives the screen: whoever looks something up elsewhere comes back to what they typed. */
interface SettingsState {
  /** What the edits began from. */
  readonly base: ConfigurationView | null;
  readonly draft: ConfigurationDocument | null;
  /** The revision that stands at the station, when it is another one than the edits began from. */
  readonly newer: number | null;
  /** What the station says to the draft. */
  readonly check: ConfigurationCheck | null;
}

export const initialSettings: SettingsState = { base: null, draft: null, newer: null, check: null };
export const useSettings = create<SettingsState>(() => initialSettings);

/** As it is sent: the rules are saved on their own, so an old copy of them must not come along. */
export function sendable(document: ConfigurationDocument): Record<string, unknown> {
  const { rules: _rules, ...site } = document.site;
  return { ...document, site };
}

const textOf = (document: ConfigurationDocument): string => JSON.stringify(sendable(document));

export function isDirty({ base, draft }: Pick<SettingsState, 'base' | 'draft'>): boolean {
  return base !== null && draft !== null && textOf(base.document) !== textOf(draft);
}

/** The station's answer: taken over unless somebody is in the middle of an edit. */
export function adopt(view: ConfigurationView): void {
  useSettings.setState((state) => {
    const other = state.base !== null && state.base.revision !== view.revision;
    if (isDirty(state)) return other ? { newer: view.revision } : {};
    return { base: view, draft: view.document, newer: null, check: null };
  });
}

export function edit(change: (draft: ConfigurationDocument) => void): void {
  useSettings.setState(({ draft }) => {
    if (!draft) return {};
    const next = structuredClone(draft);
    change(next);
    return { draft: next };
  });
}

export function discard(): void {
  useSettings.setState(({ base }) => ({ draft: base?.document ?? null, newer: null, check: null }));
}

/** After the draft was applied, or thrown away for what stands at the station: the next answer is taken over. */
export const startOver = (): void => useSettings.setState(initialSettings);

let editor: string | undefined;

/** Somebody else sits here now: they begin from what the station says. */
export function forgetOthers(user: string | undefined): void {
  if (user === undefined || user === editor) return;
  if (editor !== undefined) discard();
  editor = user;
}

export type Path = readonly (string | number)[];

/** The faults at a path and below it. */
export function faultsBelow(check: ConfigurationCheck | null, path: Path): readonly ConfigurationFault[] {
  return (check?.faults ?? []).filter((fault) => path.every((part, index) => fault.path[index] === part));
}

/** Whether a secret is stored where this one of the draft stands; of a device by its number, whatever its place in the list. */
export function wasSet({ base, draft }: Pick<SettingsState, 'base' | 'draft'>, [part, which, ...below]: Path): boolean {
  const id = part === 'devices' ? draft?.devices[Number(which)]?.id : undefined;
  const from: unknown =
    part === 'devices'
      ? base?.document.devices.find((device) => device.id === id)
      : part === 'platforms'
        ? inner(base?.document.platforms, which)
        : undefined;
  return below.reduce(inner, from) === KEPT_SECRET;
}

const inner = (value: unknown, name: Path[number] | undefined): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === String(name))?.[1]
    : undefined;
