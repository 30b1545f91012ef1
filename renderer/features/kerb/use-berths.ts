import { useEffect, useMemo, useRef, useState } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { useLive } from '../../lib/station/live.ts';
import { stationNow } from '../../lib/station/session.ts';
import { type Asked, useAsk } from '../../office/use-ask.ts';

/** What may change what is in a berth, what it costs, or whether its device is heard. */
const TELLS: ReadonlySet<string> = new Set([
  ...['berth-observed', 'berth-changed', 'vehicle-entered', 'vehicle-exited', 'stay-corrected', 'stay-closed'],
  ...['bill-paid', 'payment-reversed', 'discount-granted', 'debt-changed', 'device-state', 'config-applied'],
  ...['tariff-published', 'tariff-withdrawn', 'rules-changed', 'area-crossed', 'import-finished'],
]);
/** Several things happen at once when a car comes: they are asked about together. */
const TOGETHER_MS = 150;
/** Fees grow by the minute. */
const EVERY_MS = 60_000;

/** Counts up when the list is to be asked for again. */
function useRounds(): number {
  const told = useLive((state) => state.events.find(({ kind }) => TELLS.has(kind))?.seq ?? 0);
  const known = useLive((state) => state.frame?.berths ?? 0);
  const [round, setRound] = useState(0);
  const first = useRef(true);
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these changing is why it is asked for again
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    pending.current ??= setTimeout(() => {
      pending.current = null;
      setRound((n) => n + 1);
    }, TOGETHER_MS);
  }, [told, known]);
  useEffect(() => {
    const timer = setInterval(() => setRound((n) => n + 1), EVERY_MS);
    return () => {
      clearInterval(timer);
      if (pending.current !== null) clearTimeout(pending.current);
      pending.current = null;
    };
  }, []);
  return round;
}

/** A berth that is as it was keeps its object, so that only what changed is drawn anew. */
function useKept(rows: readonly BerthView[] | undefined): readonly BerthView[] | null {
  const before = useRef(new Map<string, { readonly text: string; readonly row: BerthView }>());
  return useMemo(() => {
    if (!rows) return null;
    const next = new Map<string, { readonly text: string; readonly row: BerthView }>();
    for (const row of rows) {
      const text = JSON.stringify(row);
      const old = before.current.get(row.id);
      next.set(row.id, old?.text === text ? old : { text, row });
    }
    before.current = next;
    return [...next.values()].map(({ row }) => row);
  }, [rows]);
}

interface Berths {
  readonly rows: readonly BerthView[] | null;
  readonly asked: Asked<unknown>;
  /** The station's time, moved on often enough for minutes. */
  readonly now: number;
}

/** The berths as they are now: asked for when the journal tells of one, and every minute. */
export function useBerths(): Berths {
  const round = useRounds();
  const asked = useAsk((client, signal) => client.berths.list(undefined, { signal }), [round]);
  const rows = useKept(asked.data?.rows);
  const [now, setNow] = useState(stationNow);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list is looked at by the time it came
  useEffect(() => {
    setNow(stationNow());
    const timer = setInterval(() => setNow(stationNow()), 10_000);
    return () => clearInterval(timer);
  }, [asked.data]);
  return { rows, asked, now };
}
