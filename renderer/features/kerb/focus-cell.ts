import { choose } from './store.ts';

const cellOf = (id: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('[data-berth]')].find((cell) => cell.dataset['berth'] === id);

/** Chooses a berth and brings it into sight with the focus on it. One that is filtered away is only chosen. */
export function goTo(id: string): void {
  choose(id);
  // At once: a key that follows quickly finds the focus where it belongs.
  const cell = cellOf(id);
  cell?.scrollIntoView?.({ block: 'nearest' });
  cell?.focus({ preventScroll: true });
}

/** Brings it into sight and leaves the focus where it is. */
export function showCell(id: string): void {
  choose(id);
  requestAnimationFrame(() => cellOf(id)?.scrollIntoView?.({ block: 'center' }));
}

export const inCell = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('[data-berth]') !== null;

export function focusPanel(): void {
  document.querySelector<HTMLElement>('.kerb-panel .key-button:not(:disabled)')?.focus();
}
