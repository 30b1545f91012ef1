import type { ChangePage } from './payments/change-orders.ts';
import type { Platform } from './platforms/platform.ts';

/** Pages of platforms that codes on tickets lead to; the first platform that has one counts. */

/** Where change is paid out. */
export function changePageOf(platforms: readonly Platform[]): ChangePage | undefined {
  for (const platform of platforms)
    if (platform.changePage?.('0') !== undefined)
      return { platform: platform.id, title: platform.title, url: (orderNo) => platform.changePage?.(orderNo) ?? '' };
  return undefined;
}

/** What the code on an entry ticket says. */
export const entryPageOf = (platforms: readonly Platform[]): string | null =>
  platforms.map((platform) => platform.entryPage?.()).find((url) => url !== undefined) ?? null;
