/**
 * Lets one caller in for each turn of the event loop, in the order in which they came; who comes alone does not wait. Cameras are
 * served by the same loop: a thousand calls that are all ready at once would otherwise be served before the car behind them.
 */
export function oneEachTurn(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let busy = false;
  const next = (): void => {
    const first = waiting.shift();
    busy = first !== undefined;
    first?.();
    if (busy) setImmediate(next);
  };
  return () => {
    if (busy) return new Promise((resolve) => waiting.push(resolve));
    busy = true;
    setImmediate(next);
    return Promise.resolve();
  };
}
