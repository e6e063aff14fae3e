/* stb_image - v2.30 - public domain image loader - https://git.invalid/stb */
int add(int a, int b) { return a + b; }
