"""The main window: how the rooms are placed, its menus and keys, the transport and the timeline."""
