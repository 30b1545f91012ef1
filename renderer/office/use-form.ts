import { useState } from 'react';
import type { Act } from './use-act.ts';

export type Faults<T> = Readonly<Partial<Record<keyof T, string>>>;

export interface Form<T> {
  readonly values: T;
  readonly dirty: boolean;
  readonly set: (change: Partial<T>) => void;
  /** The fault to show at a field: what is missing or wrong by itself once somebody tried, then what the station found. */
  readonly fault: (field: keyof T & string) => string | undefined;
  /** What the station said against the whole, and not against one field. */
  readonly problem: string | null;
  /** Carries out the submission unless a field is wrong. */
  readonly submit: (then: (values: T) => void) => void;
}

/**
 * What is typed into a form. Nothing is lost when the station refuses: the form stays as it is, with the reason at its field.
 *
 * @param check faults by field, in words
 * @param places refusals of the station (`number-taken`) by the field that they speak of
 */
export function useForm<T extends object>(
  initial: T,
  options: {
    readonly act: Act;
    readonly check?: (values: T) => Faults<T>;
    readonly places?: Readonly<Record<string, keyof T & string>>;
  },
): Form<T> {
  const { act, places } = options;
  const [values, setValues] = useState(initial);
  const [dirty, setDirty] = useState(false);
  const [tried, setTried] = useState(false);
  const nothing: Faults<T> = Object.freeze({});
  const faults = options.check?.(values) ?? nothing;
  const place = act.reason === null ? undefined : places?.[act.reason];
  return {
    values,
    dirty,
    set: (change) => {
      setValues((old) => ({ ...old, ...change }));
      setDirty(true);
      if (act.problem !== null) act.clear();
    },
    fault: (field) =>
      (tried ? faults[field] : undefined) ??
      act.faults[field] ??
      (place === field ? (act.problem ?? undefined) : undefined),
    problem: place === undefined ? act.problem : null,
    submit: (then) => {
      setTried(true);
      if (Object.values(faults).every((fault) => fault === undefined)) then(values);
    },
  };
}
