/** A plain street scene, drawn here so that the page needs no foreign photo; light, dark and busy parts on purpose. */
export function streetPicture(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const sky = context.createLinearGradient(0, 0, 0, height * 0.5);
  sky.addColorStop(0, '#7fb2dd');
  sky.addColorStop(1, '#e8eff4');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  const shades = ['#8d6e5a', '#a8a29a', '#6d7580', '#b89b7d', '#5c6168'];
  for (let i = 0; i < 9; i += 1) {
    const tall = height * (0.2 + 0.035 * ((i * 7) % 5));
    context.fillStyle = shades[i % shades.length] ?? '#777777';
    context.fillRect((i * width) / 9, height * 0.55 - tall, width / 9 - 3, tall);
    context.fillStyle = 'rgb(240 230 190 / 70%)';
    for (let row = 0; row < 5; row += 1) {
      for (let column = 0; column < 4; column += 1) {
        context.fillRect(
          (i * width) / 9 + 14 + column * (width / 42),
          height * 0.55 - tall + 14 + row * 30,
          width / 90,
          14,
        );
      }
    }
  }
  context.fillStyle = '#51565b';
  context.fillRect(0, height * 0.55, width, height * 0.45);
  context.fillStyle = '#e6e2d3';
  for (let i = 0; i < 8; i += 1) context.fillRect(i * (width / 7), height * 0.78, width / 14, 7);
  const cars = ['#b3302b', '#dfe3e6', '#23456b', '#1d1f21'];
  cars.forEach((color, i) => {
    const x = width * (0.08 + i * 0.23);
    const y = height * (0.58 + (i % 2) * 0.06);
    context.fillStyle = color;
    context.beginPath();
    context.roundRect(x, y + 30, 170, 46, 12);
    context.roundRect(x + 32, y, 100, 40, 14);
    context.fill();
    context.fillStyle = '#15181b';
    context.beginPath();
    context.arc(x + 38, y + 78, 17, 0, 7);
    context.arc(x + 132, y + 78, 17, 0, 7);
    context.fill();
  });
  return canvas;
}
