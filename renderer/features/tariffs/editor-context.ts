import { createContext } from 'react';
import type { Calendar } from '../../../shared/domain/calendar.ts';
import type { Path } from './form.ts';

export interface Note {
  readonly path: Path;
  readonly severity: 'error' | 'warning' | 'open';
  readonly text: string;
}

/** What every field of the editor may want to know. */
interface EditorView {
  /** By path, joined with dots. */
  readonly notes: ReadonlyMap<string, readonly Note[]>;
  readonly seasons: Calendar['seasons'];
  readonly areas: readonly { readonly areaId: string; readonly name: string }[];
  /** What the stay of the trial would cost under a reading of a choice; null: unknown. */
  readonly priceOf: (choice: string, value: string) => number | null;
}

export const EditorContext = createContext<EditorView>({
  notes: new Map(),
  seasons: [],
  areas: [],
  priceOf: () => null,
});

/** The id of the control of a field, for labels and for jumps from a finding. */
export const fieldId = (path: Path): string => `f-${path.join('-')}`;
