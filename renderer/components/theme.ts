import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Label colours belong to data; nothing else in the chrome has a hue except danger and warning. */
const accent: MantineColorsTuple = [
  '#e6f7f7',
  '#cfebec',
  '#9ed7d9',
  '#6ac2c5',
  '#43b1b5',
  '#2aa5aa',
  '#138b91',
  '#0b7479',
  '#075f63',
  '#03484b',
];

/** Slightly cool greys, so that pictures keep the eye. Index 7 is the window in the dark theme, 0 the text. */
const dark: MantineColorsTuple = [
  '#d5d8dc',
  '#b4b9c0',
  '#949aa3',
  '#6d747e',
  '#3c424a',
  '#2b3036',
  '#22262b',
  '#1a1d21',
  '#141619',
  '#0e1012',
];

/** Two text sizes in chrome: 12 px for secondary, 13 px for the rest. */
const SMALL = '12px';
const REGULAR = '13px';

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 5 },
  autoContrast: true,
  luminanceThreshold: 0.25,
  colors: { accent, dark },
  fontFamily: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: SMALL, sm: REGULAR, md: REGULAR, lg: REGULAR, xl: REGULAR },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.5' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: REGULAR, lineHeight: '1.4' },
      h2: { fontSize: REGULAR, lineHeight: '1.4' },
      h3: { fontSize: REGULAR, lineHeight: '1.4' },
      h4: { fontSize: SMALL, lineHeight: '1.4' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'default',
  respectReducedMotion: true,
  components: {
    Button: {
      defaultProps: { size: 'xs' },
      // The library picks the text on a filled button for the light theme's shade only; the dark one is brighter.
      vars: (_theme: unknown, props: { variant?: string | undefined; color?: string | undefined }) =>
        (props.variant ?? 'filled') === 'filled' && props.color === undefined
          ? { root: { '--button-color': 'var(--on-accent)' } }
          : { root: {} },
    },
    ActionIcon: { defaultProps: { size: 'md', variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    InputWrapper: { styles: { description: { fontSize: SMALL }, error: { fontSize: SMALL } } },
    InlineInput: { styles: { description: { fontSize: SMALL } } },
    Textarea: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' }, styles: { label: { paddingInline: 12 } } },
    Tooltip: {
      defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 80 }, fz: SMALL },
    },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    Modal: { defaultProps: { transitionProps: { duration: 80 }, centered: true, padding: 'lg' } },
    Drawer: { defaultProps: { transitionProps: { duration: 80 } } },
    Table: { defaultProps: { fz: REGULAR, verticalSpacing: 4, horizontalSpacing: 8 } },
  },
});
