import { useMemo, useState } from 'react';
import { z } from 'zod';
import { useSession } from '../lib/station/session.ts';

const choiceSchema = z.array(z.string().max(40)).max(60);

interface Choosable {
  readonly key: string;
  readonly optional?: boolean;
}

const place = (user: string, table: string): string => `gatehouse.columns.${user}.${table}`;

function load(user: string, table: string): readonly string[] | null {
  try {
    const stored = localStorage.getItem(place(user, table));
    return stored === null ? null : choiceSchema.parse(JSON.parse(stored));
  } catch {
    return null;
  }
}

/** The columns that this user wants to see of a table, in the table's own order; kept on this PC. */
export function useShownColumns<C extends Choosable>(
  table: string,
  columns: readonly C[],
): readonly [readonly C[], (keys: readonly string[]) => void] {
  const user = useSession((state) => state.user?.name ?? '');
  const [choice, setChoice] = useState(() => load(user, table));
  const shown = useMemo(() => {
    const wanted = columns.filter((column) =>
      choice === null ? column.optional !== true : choice.includes(column.key),
    );
    // A choice of nothing, or of columns that are no more, would leave an empty table.
    return wanted.length === 0 ? columns.slice(0, 1) : wanted;
  }, [columns, choice]);
  const change = (keys: readonly string[]): void => {
    setChoice(keys);
    try {
      localStorage.setItem(place(user, table), JSON.stringify(keys));
    } catch {
      // Storage may be full or forbidden: the choice then lasts until the screen is left.
    }
  };
  return [shown, change];
}
