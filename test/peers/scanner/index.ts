export { type GunOptions, ScanGun, type ScanOptions, type Suffix } from './gun.ts';
