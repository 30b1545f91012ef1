export { OlmBoard, type OlmFault, type OlmOptions, type OlmReceived } from './board.ts';
export type { SentLine } from './texts.ts';
export type { Utterance } from './voice.ts';
