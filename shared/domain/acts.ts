import { z } from 'zod';

/**
 * gates 手动开闸: arms moved by hand · edits 更正: stays and plates put right · turned-away 拒绝: cars that came and were not let
 * through, or turned back.
 */
export const actsAboutSchema = z.enum(['gates', 'edits', 'turned-away']);
export type ActsAbout = z.infer<typeof actsAboutSchema>;

/** What was put right. `fee-lowered`: less is charged than before. */
export const editedSchema = z.enum(['plate', 'time', 'fee', 'fee-lowered', 'void', 'terms', 'review', 'reopened']);
export type Edited = z.infer<typeof editedSchema>;
