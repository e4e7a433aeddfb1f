# The system of a guest that has to be small: it runs from the first sector of its disk, counts seconds on
# the serial console ("tick 000001"), and writes the count to the second sector of its disk.
.code16
.intel_syntax noprefix
.org 0
start:
  xor ax, ax
  mov ds, ax
  mov es, ax
  mov ss, ax
  mov sp, 0x7c00
  mov bp, dx          # the BIOS' number of the disk
  sti
again:
  lea di, [count + 0x7c05]
digit:
  inc byte ptr [di]
  cmp byte ptr [di], '9'
  jbe done
  mov byte ptr [di], '0'
  dec di
  jmp digit
done:
  lea si, [text + 0x7c00]
  mov cx, 13
char:
  mov dx, 0x3fd
ready:
  in al, dx
  test al, 0x20
  jz ready
  mov dl, 0xf8
  lodsb
  out dx, al
  loop char
  mov ax, 0x0301      # write one sector
  lea bx, [text + 0x7c00]
  inc cx
  inc cx              # cylinder 0, sector 2
  mov dx, bp
  mov dh, 0
  int 0x13
  mov bx, [0x46c]     # ticks of the clock, 18.2 a second
  add bx, 18
wait:
  hlt
  cmp bx, [0x46c]
  jns wait
  jmp again
text: .ascii "tick "
count: .ascii "000000"
.ascii "\r\n"
.org 510
.word 0xaa55
