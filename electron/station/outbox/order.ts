import type { Platform } from '../platforms/platform.ts';

/** Messages in the order of the platform's specification; those that it has no words for come last, by name. */
export function bySpecification({ words }: Pick<Platform, 'words'>) {
  const place = (message: string): number => {
    const index = words?.findIndex(({ name }) => name === message) ?? -1;
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  };
  return (a: { readonly message: string }, b: { readonly message: string }): number =>
    place(a.message) - place(b.message) || a.message.localeCompare(b.message);
}
