export { FreeSpaceSign, type Shown, type SignColour, type SignOptions } from './sign.ts';
