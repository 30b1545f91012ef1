import { safe } from '@orpc/client';
import { station } from './station/client.ts';

const KEEP = 24;

interface Entry {
  readonly url: Promise<string>;
  users: number;
}

/** Insertion order is age: an entry is put back at the end when it is used. */
const cache = new Map<string, Entry>();

/** The record of a car is there before its photo is on disk: one that is missing now may be there in a moment. */
const RETRY_MS = [300, 700, 1500, 3000] as const;

async function fetchPhoto(id: string): Promise<Awaited<ReturnType<ReturnType<typeof station>['photos']['get']>>> {
  for (const wait of RETRY_MS) {
    const found = await safe(Promise.resolve().then(() => station().photos.get({ id })));
    if (found.isSuccess) return found.data;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return station().photos.get({ id });
}

async function load(id: string): Promise<string> {
  const photo = await fetchPhoto(id);
  const bytes = Uint8Array.from(atob(photo.base64), (char) => char.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: photo.contentType }));
}

function evict(id: string, entry: Entry): void {
  cache.delete(id);
  entry.url.then((url) => URL.revokeObjectURL(url)).catch(() => undefined);
}

/** Borrows a photo as an object URL. Every call is matched by {@link releasePhoto}: memory must stay flat over weeks. */
export function acquirePhoto(id: string): Promise<string> {
  const known = cache.get(id);
  const entry = known ?? { url: load(id), users: 0 };
  entry.users += 1;
  cache.delete(id);
  cache.set(id, entry);
  // A photo that failed is asked for again by the next who wants it.
  if (!known)
    entry.url.catch(() => {
      if (cache.get(id) === entry) cache.delete(id);
    });
  return entry.url;
}

export function releasePhoto(id: string): void {
  const entry = cache.get(id);
  if (!entry) return;
  entry.users -= 1;
  for (const [old, candidate] of cache) {
    if (cache.size <= KEEP) return;
    if (candidate.users <= 0) evict(old, candidate);
  }
}
