import { z } from 'zod';

// The page's content policy forbids making code from text. zod would try it for speed when the first schema is built, and
// every try is reported as a violation; so this module is imported before all others.
z.config({ jitless: true });
