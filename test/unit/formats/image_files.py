"""Writes image-files.ts: small pictures made by Pillow, and the values it reads from them. Run: python3 image_files.py"""
import base64, io, json
import numpy as np
from PIL import Image

def packed(image, kind='PNG', **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()

bits = Image.fromarray(np.array([[0, 1, 1, 0, 1], [1, 0, 0, 0, 1]], dtype=bool))
colours = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[9, 99, 199], [255, 255, 255], [0, 0, 0]]], dtype=np.uint8)
palette = Image.fromarray(colours).convert('P', palette=Image.ADAPTIVE, colors=6)
sixteen = Image.fromarray(np.array([[0, 65535], [32768, 257]], dtype=np.uint16))
half = Image.fromarray(np.array([[[200, 0, 0, 255], [0, 0, 0, 0]]], dtype=np.uint8))
ramp = Image.fromarray(np.tile(np.arange(0, 256, 16, dtype=np.uint8), (16, 1)))
photo = Image.fromarray(np.dstack([np.tile(np.arange(0, 256, 16, dtype=np.uint8), (16, 1)), np.full((16, 16), 40, np.uint8), np.tile(np.arange(0, 256, 16, dtype=np.uint8)[:, None], (1, 16))]))
files = {
    'bits': packed(bits), 'palette': packed(palette, bits=4), 'sixteen': packed(sixteen), 'transparent': packed(half),
    'greyJpeg': packed(ramp, 'JPEG', quality=100), 'colourJpeg': packed(photo, 'JPEG', quality=95, subsampling=0),
}
read = {name: np.array(Image.open(io.BytesIO(bytes_)).convert('L' if name == 'greyJpeg' else 'RGB')).tolist() for name, bytes_ in files.items() if name.endswith('Jpeg')}
with open('image-files.ts', 'w') as out:
    out.write('// Written by image_files.py (Pillow).\n\n/** Pictures, in base64. */\nexport const imageFiles = ')
    out.write(json.dumps({name: base64.b64encode(b).decode() for name, b in files.items()}, indent=2))
    out.write('\n\n/** What Pillow reads from the lossy ones, row by row. */\nexport const imageValues = ')
    out.write(json.dumps(read) + '\n')
