import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Finding } from './findings.ts';

/** A picture that is no longer on the disk cannot be sent any more. */
export async function stillThere(
  finding: Finding,
  event: JournalEvent | undefined,
  photos: Pick<PhotoVault, 'has'>,
): Promise<Finding> {
  if ((finding.found !== 'missing' && finding.found !== 'lost') || finding.kind !== 'photo') return finding;
  if (event?.kind !== 'photo-taken' || (await photos.has(event.body.photoId))) return finding;
  return { ...finding, found: 'gone' };
}
