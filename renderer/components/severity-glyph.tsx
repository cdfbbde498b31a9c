import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Severity } from '../../shared/rules/rule';

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Information',
};

const GLYPHS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;

/** How much a finding weighs, told by form as well as by colour, and in words for who cannot see it. */
export function SeverityGlyph({ severity }: { readonly severity: Severity }) {
  const Glyph = GLYPHS[severity];
  return <Glyph size={16} role="img" aria-label={SEVERITY_WORDS[severity]} />;
}
