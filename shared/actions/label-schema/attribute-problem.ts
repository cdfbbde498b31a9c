import type { AppError } from '../../result/app-error';
import type { AttributeDefinition, LabelDefinition } from '../../schema/label-schema';
import { foldedName, invalidEdit } from './schema-edit';

/** What is wrong with an attribute among its label's others, naming the field; null when nothing is. */
export function attributeProblem(label: LabelDefinition, attribute: AttributeDefinition): AppError | null {
  const namesake = label.attributes.find(
    (other) => other.id !== attribute.id && foldedName(other.name) === foldedName(attribute.name),
  );
  if (namesake !== undefined) {
    return invalidEdit(`“${label.name}” already has an attribute “${namesake.name}”. Choose another name.`, {
      field: 'name',
    });
  }
  switch (attribute.kind) {
    case 'select': {
      const options = new Set(attribute.options.map(foldedName));
      if (options.size !== attribute.options.length) {
        return invalidEdit('Each option can stand in the list once.', { field: 'options' });
      }
      if (attribute.defaultValue !== null && !attribute.options.includes(attribute.defaultValue)) {
        return invalidEdit('The default must be one of the options.', { field: 'defaultValue' });
      }
      return null;
    }
    case 'number': {
      const { min, max, defaultValue } = attribute;
      if (min !== null && max !== null && min > max) {
        return invalidEdit('The smallest value is above the largest.', { field: 'min' });
      }
      if (
        defaultValue !== null &&
        ((min !== null && defaultValue < min) || (max !== null && defaultValue > max))
      ) {
        return invalidEdit('The default lies outside the bounds.', { field: 'defaultValue' });
      }
      return null;
    }
    case 'text':
      return attribute.defaultValue !== null && attribute.defaultValue.length > attribute.maxLength
        ? invalidEdit('The default is longer than the attribute allows.', { field: 'defaultValue' })
        : null;
    case 'checkbox':
      return null;
  }
}
