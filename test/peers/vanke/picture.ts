import { type Finding, finding, some } from './finding.ts';
import type { Reply } from './post.ts';
import { isJpeg, urlFault } from './validate.ts';

/** What stood behind the address of a picture. */
export interface Picture {
  readonly url: string;
  /** HTTP status; null if nothing came. */
  readonly http: number | null;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly error: string | null;
  /** Why a browser would not show a JPEG; nothing if it would. */
  readonly violations: readonly Finding[];
}

/** Opens a picture as a browser would, except that it goes nowhere else. */
export async function openPicture(url: string, fetch: (url: URL) => Promise<Reply>): Promise<Picture> {
  const none = { url, http: null, contentType: '', bytes: Buffer.alloc(0) };
  const wrong = urlFault('image', url);
  if (wrong?.proven) return { ...none, error: wrong.detail, violations: [wrong] };
  try {
    const { status, contentType, bytes, location } = await fetch(new URL(url));
    const moved = status >= 300 && status < 400;
    const violations = some(
      moved && finding('picture', `the picture is said to be at ${location}`, 'image'),
      status !== 200 && !moved && finding('picture', `the picture is answered with HTTP ${status}`, 'image'),
      status === 200 && !isJpeg(bytes) && finding('picture', `no JPEG: ${bytes.length} bytes`, 'image'),
      status === 200 &&
        !/^image\/jpe?g\b/i.test(contentType) &&
        finding('picture', `the picture is called ${contentType || 'nothing'}`, 'image'),
    );
    return { url, http: status, contentType, bytes, error: null, violations };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...none, error: why, violations: [finding('picture', `the picture cannot be fetched: ${why}`, 'image')] };
  }
}
