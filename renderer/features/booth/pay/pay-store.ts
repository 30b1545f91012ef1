import { create } from 'zustand';
import type { StationClient } from '../../../../shared/contract/index.ts';
import type { Try } from './try.ts';

export type Channel = Awaited<ReturnType<StationClient['payments']['channels']>>[number];

export interface PayState {
  /** What the site offers, in the manager's order. */
  readonly channels: readonly Channel[];
  /** 扫码收款 is open for this bill: with the code of a channel, or waiting for the scan gun (`channel` null). */
  readonly shown: {
    readonly billId: string;
    readonly channel: string | null;
    readonly text: string | null;
    /** So long the code is good to be shown, from when it came; absent: as long as its bill. */
    readonly forMs?: number | undefined;
  } | null;
  /** The channel that is being asked right now, of each bill: a slow one at one lane holds up no other lane. */
  readonly asking: Readonly<Record<string, string>>;
  /** Tries as calls answered them; the journal tells the same a moment later. */
  readonly known: readonly Try[];
}

export const initialPay: PayState = { channels: [], shown: null, asking: {}, known: [] };
export const usePay = create<PayState>(() => initialPay);

/** Remembers what a call answered, newest first, bounded. */
export function learn(tries: readonly Try[]): void {
  usePay.setState(({ known }) => {
    const ids = new Set(tries.map(({ id }) => id));
    return { known: [...tries, ...known.filter(({ id }) => !ids.has(id))].slice(0, 60) };
  });
}

/** Notes which channel is being asked for a bill, or that none is any more. */
export function setAsking(billId: string, channel: string | null): void {
  usePay.setState(({ asking }) => {
    const { [billId]: _ended, ...others } = asking;
    return { asking: channel === null ? others : { ...others, [billId]: channel } };
  });
}

export const closePay = (): void => usePay.setState({ shown: null });
