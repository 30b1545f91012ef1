import { type ImportKind, importKindSchema } from '../../../shared/domain/import-job.ts';
import { href } from '../../lib/route.ts';

export const kinds = importKindSchema.options;

/** Where what was imported is looked at. */
export const placeOf = (what: ImportKind): string =>
  what === 'merchants' ? href('coupons', { id: 'merchants' }) : href(what);

/** `1536` → `1.5 KB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${kilo.toFixed(1)} KB` : `${(kilo / 1024).toFixed(1)} MB`;
}
