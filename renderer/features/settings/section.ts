import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import type { StationClient } from '../../../shared/contract/index.ts';

export type Forms = Awaited<ReturnType<StationClient['configuration']['describe']>>;

/** What each part of the settings is drawn from. */
export interface SectionProps {
  readonly draft: ConfigurationDocument;
  readonly forms: Forms;
}

export const sectionIds = [
  'site',
  'areas',
  'lanes',
  'devices',
  'channels',
  'rules',
  'announcing',
  'platforms',
  'backups',
  'configuration',
] as const;
export type SectionId = (typeof sectionIds)[number];

/** The parts of the document that a section edits: their faults are counted at it. */
export const partsOf: Readonly<Partial<Record<SectionId, readonly string[]>>> = {
  site: ['site'],
  areas: ['areas'],
  lanes: ['lanes'],
  devices: ['devices'],
  channels: ['channels'],
  platforms: ['platforms'],
};
