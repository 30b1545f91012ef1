import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { Finding } from '../journal/findings.ts';
import type { AuditDatabase, AuditedPhoto } from '../store/audit-database.ts';

const SLICE = 500;

/** Reads every photo below `root` and compares it with the digest that its row keeps. One file at a time. */
export async function checkPhotos(
  audit: AuditDatabase,
  root: string,
  found: (finding: Finding) => void,
  progress: (checked: number) => void,
): Promise<number> {
  let checked = 0;
  for (let after = ''; ; ) {
    const photos = audit.photosAfter(after, SLICE);
    for (const photo of photos) {
      const finding = await checkPhoto(root, photo);
      if (finding) found(finding);
      checked += 1;
    }
    progress(checked);
    const last = photos.at(-1);
    if (!last) return checked;
    after = last.id;
  }
}

async function checkPhoto(root: string, { id, name, sha256 }: AuditedPhoto): Promise<Finding | undefined> {
  const file = resolve(join(root, name));
  // The name comes from a table that somebody may have edited: nothing outside the folder is opened for it.
  if (!file.startsWith(resolve(root) + sep))
    return { code: 'photo-outside', seq: null, text: `照片 ${id} 的文件名 ${name} 指向照片目录之外` };
  try {
    // A picture is a few hundred kilobytes: it is read as a whole.
    const digest = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    if (digest === sha256) return undefined;
    return { code: 'photo-differs', seq: null, text: `照片 ${id}（${name}）的内容与登记的摘要不符，被替换或损坏` };
  } catch {
    return { code: 'photo-missing', seq: null, text: `照片 ${id}（${name}）的文件不存在或读不出` };
  }
}
