import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acquirePhoto, releasePhoto } from '../../renderer/lib/photos.ts';
import { setClient } from '../../renderer/lib/station/client.ts';
import { FakeStation } from '../fakes/station/fake-station.ts';
import { scene, transportTo } from './support.tsx';

let revoked: string[];
let asked: string[];
let missing: Set<string>;
let made = 0;

beforeEach(() => {
  revoked = [];
  asked = [];
  missing = new Set();
  vi.stubGlobal(
    'URL',
    Object.assign(URL, {
      createObjectURL: () => {
        made += 1;
        return `blob:${made}`;
      },
      revokeObjectURL: (url: string) => revoked.push(url),
    }),
  );
  const { client } = transportTo(new FakeStation(scene('charging')));
  const get = ({ id }: { id: string }) => {
    asked.push(id);
    return missing.has(id)
      ? Promise.reject(new Error('not there yet'))
      : Promise.resolve({ id, contentType: 'image/jpeg' as const, base64: btoa('jpeg') });
  };
  setClient({ ...client, photos: { get: Object.assign(get, client.photos.get) } });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  setClient(null);
});

describe('photos', () => {
  it('are fetched once for all who show them', async () => {
    const [a, b] = await Promise.all([acquirePhoto('same'), acquirePhoto('same')]);
    expect(a).toBe(b);
    expect(asked).toEqual(['same']);
    releasePhoto('same');
    releasePhoto('same');
  });

  it('stay bounded over a day of cars, and one that is on screen is never taken away', async () => {
    const kept = await acquirePhoto('on-screen');
    for (let car = 0; car < 100; car += 1) {
      await acquirePhoto(`car-${car}`);
      releasePhoto(`car-${car}`);
    }
    await Promise.resolve();
    expect(revoked.length).toBeGreaterThanOrEqual(75);
    expect(revoked).not.toContain(kept);
    releasePhoto('on-screen');
  });

  it('that are not on disk yet are asked for again', async () => {
    vi.useFakeTimers();
    missing.add('fresh');
    const photo = acquirePhoto('fresh');
    await vi.advanceTimersByTimeAsync(200);
    missing.delete('fresh');
    await vi.advanceTimersByTimeAsync(400);
    expect(await photo).toMatch(/^blob:/);
    expect(asked).toEqual(['fresh', 'fresh']);
    releasePhoto('fresh');
  });
});
