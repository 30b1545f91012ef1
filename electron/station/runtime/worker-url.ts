/**
 * Where a thread's entry lies. From source it is a `.ts` file beside the one that starts it (`from` is that one's `import.meta.url`);
 * in the bundle it is an entry beside the bundle's.
 */
export const workerUrl = (name: string, from: string): URL =>
  from.endsWith('.ts')
    ? new URL(`./${name}.ts`, from)
    : new URL(from.includes('/chunks/') ? `../${name}.js` : `./${name}.js`, from);
