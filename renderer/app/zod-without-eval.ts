import { z } from 'zod';

// The content security policy has no `unsafe-eval`; zod would try it once for each schema and report a violation.
z.config({ jitless: true });
