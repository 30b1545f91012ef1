import type { Words } from '../words.ts';
import type { zhAudit } from './audit.zh.ts';

export const enAudit: Words<typeof zhAudit> = {};
