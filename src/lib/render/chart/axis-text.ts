import {bytesText} from '../../core/size'

const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 2})

/** A number at an axis: `1.5M`. */
export function axisText(value: number, isBytes: boolean): string {
  return isBytes ? bytesText(value) : compact.format(value)
}
