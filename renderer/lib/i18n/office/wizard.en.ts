import type { Words } from '../words.ts';
import type { zhWizard } from './wizard.zh.ts';

export const enWizard: Words<typeof zhWizard> = {};
