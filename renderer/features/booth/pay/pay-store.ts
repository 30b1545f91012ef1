import { create } from 'zustand';
import type { StationClient } from '../../../../shared/contract/index.ts';
import type { Try } from './try.ts';

export type Channel = Awaited<ReturnType<StationClient['payments']['channels']>>[number];

export interface PayState {
  /** What the site offers, in the manager's order. */
  readonly channels: readonly Channel[];
  /** 扫码收款 is open for this bill: with the code of a channel, or waiting for the scan gun (`channel` null). */
  readonly shown: { readonly billId: string; readonly channel: string | null; readonly text: string | null } | null;
  /** A channel is being asked right now. */
  readonly asking: { readonly billId: string; readonly channel: string } | null;
  /** Tries as calls answered them; the journal tells the same a moment later. */
  readonly known: readonly Try[];
}

export const initialPay: PayState = { channels: [], shown: null, asking: null, known: [] };
export const usePay = create<PayState>(() => initialPay);

/** Remembers what a call answered, newest first, bounded. */
export function learn(tries: readonly Try[]): void {
  usePay.setState(({ known }) => {
    const ids = new Set(tries.map(({ id }) => id));
    return { known: [...tries, ...known.filter(({ id }) => !ids.has(id))].slice(0, 60) };
  });
}

export const closePay = (): void => usePay.setState({ shown: null });
