import type { Page } from 'playwright-core';
import type { ServedFake } from './serve.ts';

/** One picture: which scene, how it is looked at, and what is done before it is taken. */
export interface Shot {
  readonly name: string;
  readonly scenario: string;
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly night?: boolean;
  readonly english?: boolean;
  readonly signedOut?: boolean;
  readonly act?: (page: Page, served: ServedFake) => Promise<void>;
}

/** Pressed as by a hand: what comes faster is taken for a scan gun. */
export const keys =
  (...list: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of list) {
      await page.keyboard.press(key);
      await page.waitForTimeout(90);
    }
  };

export const big = { width: 1920, height: 1080 };
