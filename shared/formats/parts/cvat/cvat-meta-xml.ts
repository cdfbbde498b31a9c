import type { DatasetAttribute } from '../../format';
import { textOfValue } from '../xml/attribute-text';
import { escapedAttribute, escapedText, isXmlText } from '../xml/escape-xml';
import { typeOfShapes } from './cvat-meta';
import type { LabelToWrite } from './survey-annotations';

/** `<labels>` of a task or project, with the joints of skeletons as labels of their own, as CVAT has them. */
export function labelsXml(labels: Iterable<LabelToWrite>, indent: string, isVideo: boolean): string {
  const pieces: string[] = [`${indent}<labels>\n`];
  for (const label of labels) {
    const { name, color, attributes, skeleton, allowedShapes } = label;
    const type = skeleton === null ? typeOfShapes(allowedShapes ?? []) : 'skeleton';
    pieces.push(
      `${indent}  <label>\n${indent}    <name>${escapedText(name)}</name>\n`,
      color === null ? '' : `${indent}    <color>${color}</color>\n`,
      `${indent}    <type>${type}</type>\n${indent}    <attributes>\n`,
      ...attributes.map((attribute) => attributeXml(attribute, `${indent}      `, isVideo)),
      `${indent}    </attributes>\n`,
      skeleton === null ? '' : `${indent}    <svg>${escapedText(svgOf(skeleton))}</svg>\n`,
      `${indent}  </label>\n`,
    );
    for (const joint of skeleton?.joints ?? []) {
      if (!isXmlText(joint)) continue;
      pieces.push(
        `${indent}  <label>\n${indent}    <name>${escapedText(joint)}</name>\n${indent}    <type>points</type>\n${indent}    <attributes>\n${indent}    </attributes>\n${indent}    <parent>${escapedText(name)}</parent>\n${indent}  </label>\n`,
      );
    }
  }
  pieces.push(`${indent}</labels>\n`);
  return pieces.join('');
}

function attributeXml(
  { name, kind, options, defaultValue }: DatasetAttribute,
  indent: string,
  isMutable: boolean,
): string {
  const fallback = defaultValue === null ? '' : (textOfValue(defaultValue) ?? '');
  const values = kind === 'checkbox' ? 'false' : options.join('\n');
  return `${indent}<attribute>\n${indent}  <name>${escapedText(name)}</name>\n${indent}  <mutable>${isMutable ? 'True' : 'False'}</mutable>\n${indent}  <input_type>${kind}</input_type>\n${indent}  <default_value>${escapedText(fallback)}</default_value>\n${indent}  <values>${escapedText(values)}</values>\n${indent}</attribute>\n`;
}

/** CVAT keeps skeletons as a drawing of 100 by 100; ours have no places of their own, so joints stand in a circle. */
function svgOf({ joints, edges }: NonNullable<LabelToWrite['skeleton']>): string {
  const places = joints.map((_, index) => {
    const angle = (2 * Math.PI * index) / joints.length - Math.PI / 2;
    return { x: (50 + 40 * Math.cos(angle)).toFixed(2), y: (50 + 40 * Math.sin(angle)).toFixed(2) };
  });
  const lines = edges.flatMap(([from, to]) => {
    const start = places[from];
    const end = places[to];
    return start === undefined || end === undefined
      ? []
      : [
          `<line x1="${start.x}" y1="${start.y}" x2="${end.x}" y2="${end.y}" stroke="black" data-type="edge" data-node-from="${from + 1}" stroke-width="0.5" data-node-to="${to + 1}"></line>`,
        ];
  });
  const circles = places.map(
    ({ x, y }, index) =>
      `<circle r="1.5" stroke="black" fill="#b3b3b3" cx="${x}" cy="${y}" stroke-width="0.1" data-type="element node" data-element-id="${index + 1}" data-node-id="${index + 1}" data-label-name="${escapedAttribute(joints[index] ?? '')}"></circle>`,
  );
  return [...lines, ...circles].join('');
}
